// The flow as far as a link and an experiment go.
import type { FlowDenoiser, FlowKind, Sampler, Schedule } from '../../minimum_cost';
import { choice, number, place, type Codec } from '../../store/codecs';
import type { SceneState } from '../../store/scene';
import { dataOf } from '../points/state';

declare module '../../store/state' {
  interface State {
    flow: FlowKind;
    flowOf: FlowDenoiser;
    besideOf: FlowDenoiser | 'none'; // the denoiser that the same starts follow beside it
    startAt: number[] | null; // whose path is read; null: the first particle's
    sigma: number | null; // sigma_T; null: sigmaRange()'s
    alpha: number; // the noise balls' radius over the noise level
    sampler: Sampler;
    samplerSteps: number;
    levels: Schedule;
    particles: number;
    flowSeed: number;
    threshold: number | null; // of the ends' classes; null: a hundredth of the diameter
  }
}

export const flowState: SceneState = {
  title: 'Flow',
  dimension: 2,
  layers: ['path', 'trails', 'basins', 'bends', 'balls', 'stationary', 'frame'],
  keys: {
    flow: { ...choice<FlowKind>('flow', ['probability', 'score']), initial: 'probability', view: true },
    flowOf: { ...choice<FlowDenoiser>('flow-of', ['closed-form', 'minimum-cost', 'empirical-mmse', 'trained']), initial: 'closed-form', view: true },
    besideOf: { ...choice<FlowDenoiser | 'none'>('beside', ['none', 'closed-form', 'minimum-cost', 'empirical-mmse', 'trained']), initial: 'none', view: true },
    startAt: { ...(place('start') as Codec<number[] | null>), initial: null, view: true },
    sigma: { ...(number('sigma') as Codec<number | null>), initial: null, view: true },
    alpha: { ...number('alpha'), initial: 1, view: true },
    sampler: { ...choice<Sampler>('sampler', ['euler', 'heun']), initial: 'euler', view: true },
    samplerSteps: { ...number('sampler-steps'), initial: 20, view: true },
    levels: { ...choice<Schedule>('levels', ['log-uniform', 'linear', 'edm']), initial: 'log-uniform', view: true },
    particles: { ...number('particles'), initial: 400, view: true },
    flowSeed: { ...number('flow-seed'), initial: 1, view: true },
    threshold: { ...(number('threshold') as Codec<number | null>), initial: null, view: true },
  },
  start: { preset: 'right', layers: ['path', 'trails', 'balls', 'stationary', 'frame'] },
  data: dataOf,
};

/** The same on a line, with the same keys. */
export const lineFlowState: SceneState = {
  title: 'Flow on a line',
  dimension: 1,
  layers: ['path', 'trails', 'balls', 'stationary'],
  start: { preset: 'line-3', layers: ['path', 'trails', 'balls', 'stationary'] },
  data: dataOf,
};
