// The plane as far as a link and an experiment go.
import type { Which } from '../../denoise';
import { choice } from '../../store/codecs';
import type { SceneState } from '../../store/scene';
import { pinKeys } from '../points/pins';
import { dataOf } from '../points/state';

declare module '../../store/state' {
  interface State {
    field: Which; // the denoiser whose field is drawn
    heat: 'none' | '1' | '2'; // the component of it that is drawn as a map
  }
}

export const planeState: SceneState = {
  title: 'Plane',
  opening: true,
  dimension: 2,
  layers: ['field', 'boundaries', 'distance', 'image', 'samples', 'directions'],
  keys: {
    ...pinKeys,
    field: { ...choice<Which>('field', ['closed-form', 'minimum-cost', 'trained', 'empirical-mmse', 'vertex-ramp', 'split-ramp']), initial: 'trained', view: true },
    heat: { ...choice('heat', ['none', '1', '2'] as const), initial: 'none', view: true },
  },
  start: { preset: 'equilateral', layers: ['field', 'boundaries'] },
  data: dataOf,
};
