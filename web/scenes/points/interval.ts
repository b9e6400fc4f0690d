// The part of a line that figures of points show: what is computed on it, and where another point has
// room.
import type { View } from '../../drawing/view';
import type { Grid } from '../../engine/protocol';
import { currentPoints, round } from '../../store/clean_points';
import type { Signals } from '../../store/signals';

export const nodes = 601; // of the grid
export function gridOf({ centre, half }: View): Grid {
  return { lower: [centre[0]! - half], upper: [centre[0]! + half], shape: [nodes] };
}

/** The middle of the widest gap, or where that is too narrow for another noise ball, beyond the last. */
export function freePlace(store: Pick<Signals, 'state' | 'engine' | 'description' | 'view'>): number[] {
  const { half } = store.view.value!;
  const radius = store.description.value?.radius ?? 0;
  const sorted = currentPoints(store).map((p) => p[0]!).sort((a, b) => a - b);
  let best = [0, sorted[0] ?? 0];
  for (let i = 1; i < sorted.length; ++i) {
    const gap = sorted[i]! - sorted[i - 1]!;
    if (gap > best[0]!) best = [gap, (sorted[i]! + sorted[i - 1]!) / 2];
  }
  const room = best[0]! > 4.2 * radius;
  return [round(room ? best[1]! : (sorted.at(-1) ?? 0) + Math.max(3 * radius, best[0]!), half)];
}
