// What the images scene shows: the picked images, held-out noise on them, and what each denoiser
// makes of it.
import { computed } from '@preact/signals';
import type { App } from '../app';
import { DIGITS_PIXELS } from '../digits';
import { experimentOf, type State } from '../state';

/** Pictures as the columns of 784 x N arrays. */
export interface Pictures {
  indices: readonly number[];
  clean: Float64Array;
  noisy: Float64Array;
  mmse: Float64Array;
  closed: Float64Array | null; // null where no closed form is known
}

// Held-out seeds are moved away from those that a reader gives the training samples.
const heldOutSeeds = 2 ** 30;
const drawn = 2; // the least number of samples per point; the first of each is shown

/** One noisy picture of each image, of the experiment's own noise but none of its samples. */
function heldOut(app: App, state: State): Float64Array {
  const experiment = experimentOf(state);
  const noise = { ...experiment.noise, samples: drawn, seed: heldOutSeeds + state.heldOut, fresh: false };
  const samples = app.engine.value!.samplesOf({ ...experiment, noise });
  return samples.filter((_, i) => Math.floor(i / DIGITS_PIXELS) % drawn === 0);
}

/** What depends on the data alone, computed once for each accepted configuration. */
const make = (app: App) => {
  const state = computed(() => {
    void app.configuration.value;
    return app.state.peek();
  });
  const clean = computed(() => {
    void state.value;
    return app.engine.value!.cleanPoints();
  });
  const seed = computed(() => app.state.value.heldOut);
  return computed((): Pictures | null => {
    const engine = app.engine.value;
    const { scene, images } = state.value;
    const description = app.description.value;
    if (engine === null || description === null || scene !== 'images') return null;
    const noisy = heldOut(app, { ...state.value, heldOut: seed.value });
    return {
      indices: images,
      clean: clean.value,
      noisy,
      mmse: engine.evaluate('empirical-mmse', noisy),
      closed: description.closedForm === null ? null : engine.evaluate('closed-form', noisy),
    };
  });
};

const made = new WeakMap<App, ReturnType<typeof make>>();

export function picturesOf(app: App): Pictures | null {
  if (!made.has(app)) made.set(app, make(app));
  return made.get(app)!.value;
}
