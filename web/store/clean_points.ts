// Moving, adding and removing clean points. A preset that is touched becomes the reader's own
// points, at the noise radius that is on the screen.
import type { Description } from '../denoise';
import type { Commands, Signals } from './signals';
import type { State } from './state';

type Store = Pick<Signals, 'state' | 'engine' | 'description' | 'refusal'> & Pick<Commands, 'update' | 'select' | 'settle'>;

/** Columns of a d x N array as points. */
function pointsOf(flat: Float64Array, { dimension, count }: Description): number[][] {
  return Array.from({ length: count }, (_, n) => Array.from(flat.subarray(n * dimension, (n + 1) * dimension)));
}

/** The accepted clean points. */
export function currentPoints({ state, engine, description }: Pick<Signals, 'state' | 'engine' | 'description'>): number[][] {
  const own = state.value;
  if (own.preset === '' && own.points.length > 0) return own.points;
  if (engine.value === null || description.value === null) return [];
  return pointsOf(engine.value.cleanPoints(), description.value);
}

/** Seven digits of the data's size. */
export function sevenDigits(value: number, size: number): number {
  const digits = 6 - Math.floor(Math.log10(size || 1));
  return Number(digits >= 0 ? value.toFixed(Math.min(digits, 100)) : value.toPrecision(15));
}

function replace(store: Store, points: number[][], gesture = ''): void {
  const { noise, radius } = store.state.value;
  const description = store.description.value!;
  // A preset's rounding errors are not worth carrying in a link.
  const tidy = store.state.value.preset === '' ? points : points.map((p) => p.map((v) => sevenDigits(v, description.diameter)));
  const change: Partial<State> = { preset: '', points: tidy };
  if (noise === 'balls' && radius === null) change.radius = Number(description.radius.toPrecision(4));
  store.update(change, gesture);
}

/** One step of a gesture, which settle() ends. */
export function movePoint(store: Store, n: number, position: number[]): void {
  replace(store, currentPoints(store).map((p, i) => (i === n ? position : p)), `move ${n}`);
}

export function addPoint(store: Store, position: number[]): void {
  const points = currentPoints(store);
  replace(store, [...points, position]);
  if (store.refusal.value === null) store.select(points.length);
  store.settle();
}

export function removePoint(store: Store, n: number): void {
  replace(store, currentPoints(store).filter((_, i) => i !== n));
  if (store.refusal.value === null) store.select(Math.max(0, n - 1));
  store.settle();
}

/** Rounds to a thousandth of the view's half side, so that links stay short. */
export function round(value: number, half: number): number {
  const digits = Math.max(0, 3 - Math.floor(Math.log10(half)));
  return Number(value.toFixed(Math.min(digits, 12)));
}
