// The start whose path is read: where it is, and what moves it.
import type { HandleEvents } from '../../drawing/handles';
import type { Plot } from '../../drawing/plot';
import type { View } from '../../drawing/view';
import { round } from '../../store/clean_points';
import type { Commands, Signals } from '../../store/signals';
import { placeAt } from '../points/drag';
import type { Picture } from './follow';

const margin = 0.95; // of half the view: a start nearer to the edge is not taken on its own

/** Where the state says, or where it says nothing, the first particle's in view. */
export function startOf(startAt: number[] | null, { paths, particles, description: { dimension } }: Picture, { centre, half }: View): number[] {
  if (startAt !== null && startAt.length === dimension) return startAt;
  const starts = Array.from({ length: particles }, (_, j) => [...paths.subarray(dimension * j, dimension * (j + 1))]);
  return starts.find((p) => p.every((v, i) => Math.abs(v - centre[i]!) < margin * half)) ?? starts[0]!;
}

type Store = Pick<Signals, 'view'> & Pick<Commands, 'update'>;

/** @param from where the start is */
export function startEvents(store: Store, plot: Plot, from: number[]): HandleEvents {
  const move = (startAt: number[] | null) => store.update({ startAt });
  return {
    move: (_, px, py) => move(placeAt(plot, store.view.value!, px, py, 1)),
    nudge(_, dx, dy) {
      const { half, centre } = store.view.value!;
      const steps = centre.length === 1 ? [dy || dx] : [dx, dy];
      move(from.map((v, i) => round(Math.max(centre[i]! - half, Math.min(centre[i]! + half, v + (steps[i]! * half) / 100)), half)));
    },
    remove: () => move(null),
    select: () => undefined,
    release: () => undefined,
  };
}
