// The images as far as a link and an experiment go.
import type { SceneState } from '../../store/scene';
import { DIGITS_COUNT, DIGITS_NAME, OWN_NAME } from './digits';
import { complaint } from './picks';

declare module '../../store/state' {
  interface State {
    images: number[]; // indices into the image set
    heldOut: number; // seed of the noise on which the images are shown
  }
}

export const imagesState: SceneState = {
  title: 'Images',
  layers: [],
  keys: {
    images: {
      key: 'images',
      read: (t) => (t === '' ? [] : t.split(',').map(Number)),
      write: (v) => v.join(','),
      initial: [],
    },
    heldOut: {
      key: 'held-out',
      read: (t) => (/^\d{1,9}$/.test(t) ? Number(t) : undefined),
      write: String,
      initial: 1,
      view: true,
    },
  },
  start: {
    images: [0, 100, 200, 300, 400, 500, 600, 700, 800, 900],
    // A few fixed samples of 784 numbers can be interpolated at next to no cost, without denoising.
    noise: 'fresh',
    level: 0.3,
    method: 'weight-decay',
    width: 500,
    samples: 100,
    steps: 4000,
    layers: [],
  },
  // Three zeros with an obtuse angle, trained in their hull: a theorem applies.
  first: { images: [0, 16, 23], noise: 'balls', method: 'augmented-lagrangian', width: 200, samples: 80, steps: 20000, subspace: true },
  data: ({ images }) => ({ images: { set: images.some((index) => index >= DIGITS_COUNT) ? OWN_NAME : DIGITS_NAME, indices: images } }),
  check({ images }) {
    const message = complaint(images);
    if (message !== '') throw Object.assign(new Error(message), { where: 'data.images' });
  },
};
