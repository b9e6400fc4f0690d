// What the images scene shows: the picked images, held-out noise on them, and what each denoiser
// makes of it.
import { computed } from '@preact/signals';
import type { App } from '../../store/app';
import { DIGITS_PIXELS } from './digits';
import type { State } from '../../store/state';
import { distance } from './pixels';

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
const fewestSamples = 2; // that the library draws for a point
const farAway = 1e6; // the second of the two points that a session needs

/** Noise of the experiment's kind for each picture, none of it the training's, d x N. It is drawn as
 *  samples of the origin: noise does not depend on the point it is added to. */
function heldOut(app: App, state: State, radius: number): Float64Array {
  const count = state.images.length;
  const origin = new Array<number>(DIGITS_PIXELS).fill(0);
  const samples = app.engine.value!.samplesOf({
    version: 1,
    data: { points: [origin, [farAway, ...origin.slice(1)]] },
    noise: {
      ...(state.noise === 'balls' ? { radius } : { level: state.level }),
      samples: Math.max(fewestSamples, count),
      seed: heldOutSeeds + state.heldOut,
    },
  });
  return samples.subarray(0, count * DIGITS_PIXELS);
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
    const noise = heldOut(app, { ...state.value, heldOut: seed.value }, description.radius);
    const noisy = clean.value.map((v, i) => v + noise[i]!);
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

/** A row of the figure: what one denoiser, or none, makes of every picture. */
export interface Row {
  name: 'clean' | 'noisy' | 'trained' | 'empirical-mmse' | 'closed-form';
  text: string;
  symbol: string;
  values: Float64Array | null; // null until the training has answered
  errors: number[] | null; // |f(y) - x| of each picture
}

const lastTrained = new WeakMap<App, { clean: Float64Array; values: Float64Array }>();

const names: Record<Row['name'], { text: string; symbol: string }> = {
  clean: { text: 'clean', symbol: 'x' },
  noisy: { text: 'noisy', symbol: 'y' },
  trained: { text: 'trained', symbol: 'h(y)' },
  'empirical-mmse': { text: 'empirical MMSE', symbol: 'E(y)' },
  'closed-form': { text: 'closed form', symbol: 'h*(y)' },
};

/** The rows while the library is on its way, so that nothing moves when it has come. */
export const emptyRows: Row[] = (['clean', 'noisy', 'trained', 'empirical-mmse'] as const).map((name) => ({
  name,
  ...names[name],
  values: null,
  errors: null,
}));

export function rowsOf(app: App, { indices, clean, noisy, mmse, closed }: Pictures): Row[] {
  const readings = app.readings.value;
  // Until the worker has answered to new noise, the last answer and its errors stay.
  if (readings?.pointValues && app.engine.value!.answers(readings)) {
    lastTrained.set(app, { clean, values: readings.pointValues });
  }
  const last = lastTrained.get(app);
  const row = (name: Row['name'], values: Float64Array | null): Row => ({
    name,
    ...names[name],
    values,
    errors: values === null ? null : indices.map((_, n) => distance(values, clean, n)),
  });
  return [
    row('clean', clean),
    row('noisy', noisy),
    row('trained', last?.clean === clean ? last.values : null),
    row('empirical-mmse', mmse),
    ...(closed === null ? [] : [row('closed-form', closed)]),
  ];
}
