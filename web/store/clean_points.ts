// Moving, adding and removing clean points. A preset that is touched becomes the reader's own
// points, at the noise radius that is on the screen.
import type { App } from './app';
import type { Description } from '../denoise';
import type { State } from './state';

/** Columns of a d x N array as points. */
function pointsOf(flat: Float64Array, { dimension, count }: Description): number[][] {
  return Array.from({ length: count }, (_, n) => Array.from(flat.subarray(n * dimension, (n + 1) * dimension)));
}

/** The accepted clean points. */
export function currentPoints(app: App): number[][] {
  const { engine, description } = app;
  const own = app.state.value;
  if (own.preset === '' && own.points.length > 0) return own.points;
  if (engine.value === null || description.value === null) return [];
  return pointsOf(engine.value.cleanPoints(), description.value);
}

/** Seven digits of the data's size. */
export function sevenDigits(value: number, size: number): number {
  const digits = 6 - Math.floor(Math.log10(size || 1));
  return Number(digits >= 0 ? value.toFixed(Math.min(digits, 100)) : value.toPrecision(15));
}

function replace(app: App, points: number[][], gesture = ''): void {
  const { noise, radius } = app.state.value;
  const description = app.description.value!;
  // A preset's rounding errors are not worth carrying in a link.
  const tidy = app.state.value.preset === '' ? points : points.map((p) => p.map((v) => sevenDigits(v, description.diameter)));
  const change: Partial<State> = { preset: '', points: tidy };
  if (noise === 'balls' && radius === null) change.radius = Number(description.radius.toPrecision(4));
  app.update(change, gesture);
}

/** One step of a gesture, which app.settle() ends. */
export function movePoint(app: App, n: number, position: number[]): void {
  replace(app, currentPoints(app).map((p, i) => (i === n ? position : p)), `move ${n}`);
}

export function addPoint(app: App, position: number[]): void {
  const points = currentPoints(app);
  replace(app, [...points, position]);
  if (app.refusal.value === null) app.selected.value = points.length;
  app.settle();
}

export function removePoint(app: App, n: number): void {
  replace(app, currentPoints(app).filter((_, i) => i !== n));
  if (app.refusal.value === null) app.selected.value = Math.max(0, n - 1);
  app.settle();
}

/** Rounds to a thousandth of the view's half side, so that links stay short. */
export function round(value: number, half: number): number {
  const digits = Math.max(0, 3 - Math.floor(Math.log10(half)));
  return Number(value.toFixed(Math.min(digits, 12)));
}
