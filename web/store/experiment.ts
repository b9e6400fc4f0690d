// The experiment document of a state.
import type { Experiment, ExperimentData } from '../denoise';
import type { State } from './state';

/** @param data the scene's part. Numbers that are not finite stay for the parser to refuse. */
export function experimentOf(state: State, data: ExperimentData): Experiment {
  const samples = { samples: state.samples, seed: state.noiseSeed };
  return {
    version: 1,
    data,
    noise:
      state.noise === 'balls'
        ? { ...(state.radius === null ? {} : { radius: state.radius }), ...samples }
        : { level: state.level, ...samples, fresh: state.noise === 'fresh' },
    denoiser: { kind: 'trained' },
    training: {
      method: state.method,
      weight_decay: state.lambda,
      learning_rate: state.rate,
      width: state.width,
      steps: state.steps,
      seed: state.seed,
      subspace: state.subspace,
    },
  };
}
