// The state of an experiment document: what experiment.ts writes, read back.
import type { Description } from '../../denoise';
import type { State } from '../state';

const ofThePage = ['version', 'data', 'noise', 'denoiser', 'training', 'report']; // a report is what the command prints

export interface Opened {
  state: Partial<State>;
  left: string[]; // keys of the document that the page has no place for
}

/** @param described what the library makes of the document @param text the document @param set the images that the page has */
export function stateOfExperiment({ experiment, radius }: Description, text: string, set: string): Opened {
  const { data, noise = {}, training = {} } = experiment;
  if (data.images !== undefined) {
    const { set: wanted, centre, scale } = data.images;
    if (wanted !== set) throw new Error(`The document’s images are of the set “${wanted}”; the page has “${set}”.`);
    if (centre || (scale !== undefined && scale !== 1)) throw new Error('The document centres or scales its images, which the command does; the page shows them as they are.');
  }
  const kind = noise.radius !== undefined ? ({ noise: 'balls', radius: noise.radius ?? radius } as const) : ({ noise: noise.fresh ? 'fresh' : 'gaussian', level: noise.level!, radius: null } as const);
  const images = data.images === undefined ? {} : { images: data.images.indices };
  return {
    state: {
      ...images,
      preset: data.preset ?? '',
      points: data.preset === undefined ? (data.points ?? []) : [],
      ...kind,
      samples: noise.samples!,
      noiseSeed: noise.seed!,
      method: training.method!,
      lambda: training.weight_decay!,
      rate: training.learning_rate!,
      width: training.width!,
      steps: training.steps!,
      seed: training.seed!,
      subspace: training.subspace!,
    },
    left: Object.keys(JSON.parse(text) as object).filter((key) => !ofThePage.includes(key)),
  };
}
