// What flows, by the state: what the module is asked for, and what came of it last.
import { effect, signal, untracked } from '@preact/signals';
import type { DenoiseError, Description, Which } from '../../denoise';
import type { View } from '../../drawing/view';
import type { Answers } from '../../engine/engine';
import { follow, type Followed } from '../../engine/flows';
import type { FlowDenoiser, FlowPath, Flows, FlowSettings } from '../../minimum_cost';
import { leastOfModel, modelSchedule, type DiffusionModel } from '../../store/diffusion_model';
import { sentence } from '../../store/refusals';
import type { Refusal, Signals } from '../../store/signals';
import type { State } from '../../store/state';

const leastLevel = 0.01; // sigma_0 over sigma_T
const frames = 121;
const basinNodes = 61; // along each side
const fewNodes = 31; // where each start takes a millisecond
/** Where no level is asked for, a probability flow of networks starts where balls of this part of the
 *  greatest radius are: the first at which there is a denoiser. */
const starts = [0.9, 0.75, 0.6, 0.45, 0.3];

// While a point is held.
const held = { frames: 25, particles: 120, nodes: 21 };
const pauseMs = 60;

export type FlowStore = Pick<Signals, 'state' | 'engine' | 'description' | 'configuration' | 'view' | 'snapshot' | 'readings' | 'dragging' | 'refusal'>;

/** What the module was asked for. */
export interface Job {
  which: Which; // the denoiser as the page calls it
  settings: FlowSettings;
  others: number[]; // levels to start from where there is no denoiser at that of the settings
  description: Description;
}
/** What is shown: the last that could be followed. */
export interface Picture extends Followed, Job {
  points: number[][]; // the clean points
}

/** The trained networks of these data and this start, or null. */
export const modelOf = (model: DiffusionModel, { flow, sigma, alpha }: State, { experiment }: Description): string[] | null =>
  flow !== 'probability' || sigma === null ? null : (model.of(experiment, alpha, sigma)?.networks ?? null);

/** What flows: the denoiser that was asked for, or where there is none, what stands for it.
 *  @param model whether a diffusion model of these data has been trained */
export function flowing({ flow, flowOf }: State, { denoisers, reference }: Description, model = false): FlowDenoiser {
  const there = denoisers.map(({ name }) => name);
  if (there.includes(flowOf) && (flowOf !== 'trained' || flow === 'score' || model)) return flowOf;
  const kind = reference?.kind;
  return kind === 'closed-form' || kind === 'minimum-cost' ? kind : 'empirical-mmse';
}

/** The least and the greatest sigma_T of the slider, and where it starts, with others in its place. */
export function sigmaRange(state: State, description: Description): { range: [number, number]; start: number; others: number[] } {
  const { diameter, greatest_radius: radius } = description;
  const balls = state.flow === 'probability' && flowing(state, description) !== 'empirical-mmse';
  const alpha = state.alpha > 0 && Number.isFinite(state.alpha) ? state.alpha : 1;
  const most = balls ? (0.98 * radius) / alpha : diameter;
  const short = (level: number) => Number(level.toPrecision(3));
  const [start = 0, ...others] = balls ? starts.map((part) => short((part * radius) / alpha)) : [short(0.3 * diameter)];
  return { range: [0.02 * most, most], start, others };
}

export const thresholdOf = ({ threshold }: State, { diameter }: Description): number => threshold ?? Number((0.01 * diameter).toPrecision(3));

export function settingsOf(state: State, description: Description, { centre, half }: View, model: boolean): FlowSettings {
  const denoiser = flowing(state, description, model);
  const sampling = denoiser === 'trained' ? { ...modelSchedule, least: leastOfModel * (state.sigma ?? 0) } : { steps: state.samplerSteps, schedule: state.levels };
  const sigma = state.sigma ?? sigmaRange(state, description).start;
  const score = state.flow === 'score';
  return {
    kind: state.flow,
    denoiser,
    sigma,
    alpha: state.alpha,
    ...(score ? { radius: description.radius } : { least: leastLevel * sigma, sampler: state.sampler, ...sampling }),
    particles: state.particles,
    frames,
    seed: state.flowSeed,
    threshold: thresholdOf(state, description),
    nodes: !state.layers.includes('basins') ? 0 : score && denoiser === 'empirical-mmse' ? fewNodes : basinNodes,
    ...(score || state.layers.includes('basins') ? { low: centre.map((c) => c - half), high: centre.map((c) => c + half) } : {}),
  };
}

/** Controls by the last word of a refusal's field, with what a sentence calls them. */
const controls: Record<string, [control: string, words: string]> = {
  sigma: ['sigma', 'σ at the start'],
  schedule: ['sigma', 'the schedule'],
  alpha: ['alpha', 'α'],
  particles: ['particles', 'the number of particles'],
  steps: ['sampler-steps', 'the number of steps'],
  seed: ['flow-seed', 'the particles’ seed'],
  threshold: ['threshold', 'the threshold ε'],
};

const absent = (which: FlowDenoiser): Refusal => ({
  control: 'flow-beside',
  message: which === 'trained' ? 'No diffusion model has been trained for these settings, so nothing stands beside.' : 'Of these points there is no such denoiser, so nothing stands beside.',
});

function refusalOf({ where = '', message }: DenoiseError): Refusal {
  const [control, words] = controls[where.replace(/^flow\./, '')] ?? ['flow-of', where];
  const said = message.startsWith(where) ? words + message.slice(where.length) : message;
  return { control, message: sentence(said.replace('sigma_T', 'σ').replace('alpha,', 'α,')) };
}

/** What a flow is asked for, of all that the state asks. */
export interface Asked {
  owner: string; // whose particles they are, for the engine
  dimension: number; // of the points
  of(state: State): State | null; // in which `flowOf` is its denoiser; null: nothing is asked
  only: boolean; // where that denoiser is not there, nothing stands for it
}

/** Follows the particles that the state asks for. */
export class Flow {
  readonly picture = signal<Picture | null>(null);
  readonly problem = signal<Refusal | null>(null);
  readonly working = signal(false);
  private wanted: Job | null = null;
  private asked = ''; // what stands for the wanted job
  private busy = false;
  private stopped = true;
  private flows: Flows | null = null; // of the picture
  private lastPath: FlowPath | null = null;

  constructor(
    private readonly store: FlowStore,
    private readonly model: DiffusionModel,
    private readonly asks: Asked,
  ) {}

  /** Keeps up with the state until it is stopped. */
  start(): () => void {
    this.stopped = false;
    this.asked = '';
    const stop = effect(() => {
      const { state: all, description, view, configuration, engine } = this.store;
      const now = description.value;
      const state = this.asks.of(all.value);
      if (state === null) return untracked(() => this.forget());
      if (engine.value === null || now?.dimension !== this.asks.dimension || view.value?.centre.length !== now.dimension) return;
      const model = modelOf(this.model, state, now);
      const which = flowing(state, now, model !== null);
      if (this.asks.only && which !== state.flowOf) return untracked(() => this.forget(absent(state.flowOf)));
      const settings = settingsOf(state, now, view.value, model !== null);
      const step = which === 'trained' && model === null ? (this.store.readings.value?.status.step ?? 0) : 0;
      const asked = JSON.stringify([settings, configuration.value, now.searching, step]);
      const others = state.sigma === null ? sigmaRange(state, now).others : [];
      untracked(() => this.want(asked, { which, settings, others, description: now }));
    });
    return () => {
      stop();
      this.stopped = true;
      this.wanted = null;
    };
  }

  /** The whole path of a start, by the denoisers of the picture; while they are made anew, the last. */
  pathOf(start: number[]): FlowPath | null {
    if (this.picture.value === null || this.flows === null) return null;
    try {
      this.lastPath = JSON.parse(this.flows.path(Float64Array.from(start))) as FlowPath;
    } catch {
      // They are there again in a moment, and the picture with them.
    }
    return this.lastPath;
  }

  /** What the denoiser in force at a time makes of y; null while it is made. */
  valuesAt(time: number, y: Float64Array): Float64Array | null {
    try {
      return this.flows?.values(time, y).slice() ?? null;
    } catch {
      return null;
    }
  }

  private forget(problem: Refusal | null = null): void {
    this.asked = '';
    this.wanted = null;
    this.picture.value = null;
    this.lastPath = null;
    this.problem.value = problem;
  }

  private want(asked: string, job: Job): void {
    if (asked === this.asked) return;
    this.asked = asked;
    this.wanted = job;
    this.working.value = true;
    if (!this.busy) void this.work();
  }

  /** One job after the other, the last that is wanted: one that is overtaken is dropped, but not while a
   *  point is held, so that each is short and is shown. */
  private async work(): Promise<void> {
    this.busy = true;
    while (this.wanted !== null) {
      const job = this.wanted;
      const coarse = this.store.dragging;
      try {
        await this.run(job, coarse);
        while (coarse && this.store.dragging && this.wanted === job) await new Promise((wake) => setTimeout(wake, pauseMs));
      } catch (error) {
        if (this.wanted === job) this.problem.value = refusalOf(error as DenoiseError);
        if (coarse && this.wanted === job) this.wanted = null;
      }
      if (!coarse && this.wanted === job) this.wanted = null;
    }
    this.busy = false;
    this.working.value = false;
  }

  private async run(job: Job, coarse: boolean): Promise<void> {
    const engine = this.store.engine.value!;
    const { particles = 0, nodes = 0 } = job.settings;
    const slow = job.which === 'minimum-cost' && job.settings.kind === 'probability'; // a search for each level
    if (coarse && slow) return;
    const settings = coarse ? { ...job.settings, frames: held.frames, particles: Math.min(held.particles, particles), nodes: Math.min(held.nodes, nodes) } : job.settings;
    const networks = await this.networks(engine, job);
    const given = networks === '[]' ? settings : { ...settings, denoiser: 'trained' as const };
    // While a network trains each of its states is followed to the end, or none would be.
    const asks = JSON.stringify(job.settings);
    const overtaken = () => this.wanted !== job && !(job.which === 'trained' && this.wanted !== null && JSON.stringify(this.wanted.settings) === asks);
    const wanted = () => !this.stopped && (coarse || !overtaken());
    const flows = await engine.flows(this.asks.owner);
    if (!wanted()) return;
    this.flows = flows;
    const points = engine.cleanPoints();
    const { dimension, count } = job.description;
    const clean = Array.from({ length: count }, (_, n) => [...points.subarray(n * dimension, (n + 1) * dimension)]);
    const followFrom = (start: FlowSettings) =>
      follow(flows, points, dimension, { ...given, ...start }, networks, wanted, (followed) => {
        this.problem.value = null;
        this.picture.value = { ...followed, ...job, settings: { ...job.settings, ...start }, points: clean };
      });
    const levels = [{}, ...job.others.map((sigma) => ({ sigma, least: leastLevel * sigma }))];
    for (const [n, start] of levels.entries()) {
      try {
        return await followFrom(start);
      } catch (error) {
        const missing = (error as DenoiseError).where === 'flow.denoiser';
        if (!missing || n === levels.length - 1) throw error;
      }
    }
  }

  /** A network that the page has already is not made again. */
  private async networks(engine: Answers, { which, settings }: Job): Promise<string> {
    if (settings.kind === 'probability') return which === 'trained' ? `[${this.model.trained!.join()}]` : '[]';
    if (which === 'minimum-cost') return `[${engine.network('minimum-cost')}]`;
    return which === 'trained' ? `[${await engine.ask('shown')}]` : '[]';
  }
}
