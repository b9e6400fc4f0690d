// What the images scene shows: the picked images, held-out noise on them, and what each denoiser
// makes of it.
import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { Answers } from '../../engine/engine';
import { referenceName, referenceSymbol } from '../../store/reference';
import type { Signals } from '../../store/signals';
import type { State } from '../../store/state';
import { DIGITS_PIXELS } from './digits';
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
function heldOut(engine: Answers, state: State, radius: number): Float64Array {
  const count = state.images.length;
  const origin = new Array<number>(DIGITS_PIXELS).fill(0);
  const samples = engine.samplesOf({
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

/** A row of the figure: what one denoiser, or none, makes of every picture. */
export interface Row {
  name: 'clean' | 'noisy' | 'trained' | 'empirical-mmse' | 'closed-form';
  text: string;
  symbol: string;
  values: Float64Array | null; // null until the training has answered
  errors: number[] | null; // |f(y) - x| of each picture
}

const names: Record<Row['name'], { text: string; symbol: string }> = {
  clean: { text: 'clean', symbol: 'x' },
  noisy: { text: 'noisy', symbol: 'y' },
  trained: { text: 'trained', symbol: 'h(y)' },
  'empirical-mmse': { text: 'empirical MMSE', symbol: 'E(y)' },
  'closed-form': { text: 'closed form', symbol: 'h*(y)' },
};

/** The rows while the library is on its way, so that nothing moves when it has come. */
const emptyRows: Row[] = (['clean', 'noisy', 'trained', 'empirical-mmse', 'closed-form'] as const).map((name) => ({
  name,
  ...names[name],
  values: null,
  errors: null,
}));

type Store = Pick<Signals, 'state' | 'configuration' | 'engine' | 'description' | 'readings'>;

/** The pictures of one store, and the rows of the figure. */
export interface Results {
  pictures: ReadonlySignal<Pictures | null>;
  rows(): Row[];
  /** More points, d x n, that the trained network is asked at, after those of the rows. */
  more: Signal<Float64Array | null>;
  /** Its values there; null until they have come. */
  ofMore(): Float64Array | null;
  /** All the points that it is asked at. */
  points(): Float64Array | undefined;
}

export function resultsOf(store: Store): Results {
  // What depends on the data alone, computed once for each accepted configuration.
  const state = computed(() => {
    void store.configuration.value;
    return store.state.peek();
  });
  const clean = computed(() => {
    void state.value;
    return store.engine.value!.cleanPoints();
  });
  const seed = computed(() => store.state.value.heldOut);
  const pictures = computed((): Pictures | null => {
    const engine = store.engine.value;
    const { scene, images } = state.value;
    const description = store.description.value;
    if (engine === null || description === null || scene !== 'images') return null;
    const which = description.reference?.kind ?? description.ramps?.kind;
    const noise = heldOut(engine, { ...state.value, heldOut: seed.value }, description.radius);
    const noisy = clean.value.map((v, i) => v + noise[i]!);
    return {
      indices: images,
      clean: clean.value,
      noisy,
      mmse: engine.evaluate('empirical-mmse', noisy),
      closed: which === undefined ? null : engine.evaluate(which, noisy),
    };
  });

  // Until the worker has answered to new noise, the last answer and its errors stay.
  let last: { clean: Float64Array; values: Float64Array } | null = null;
  const rows = (): Row[] => {
    if (pictures.value === null) return emptyRows;
    const { indices, clean, noisy, mmse, closed } = pictures.value;
    const readings = store.readings.value;
    const description = store.description.value;
    if (readings?.pointValues && store.engine.value!.answers(readings)) last = { clean, values: readings.pointValues };
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
      // While it is sought its row stands, so that nothing moves.
      ...(closed === null && !description?.searching ? [] : [{ ...row('closed-form', closed), text: referenceName(description), symbol: referenceSymbol(description) }]),
    ];
  };
  const more = signal<Float64Array | null>(null);
  const ofMore = (): Float64Array | null => {
    const values = store.readings.value?.pointValues;
    const noisy = pictures.value?.noisy;
    if (values === undefined || noisy === undefined || more.value === null) return null;
    return values.length === noisy.length + more.value.length && store.engine.value!.answers(store.readings.value!) ? values.subarray(noisy.length) : null;
  };
  const points = (): Float64Array | undefined => {
    const noisy = pictures.value?.noisy;
    return noisy === undefined || more.peek() === null ? noisy : Float64Array.from([...noisy, ...more.peek()!]);
  };
  return { pictures, rows, more, ofMore, points };
}
