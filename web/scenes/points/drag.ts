// Clean points that are moved in a figure: as they stand while one is held, and what becomes of it.
import type { HandleEvents } from '../../drawing/handles';
import type { Plot } from '../../drawing/plot';
import type { View } from '../../drawing/view';
import { currentPoints, movePoint, removePoint, round } from '../../store/clean_points';
import type { Commands, Signals } from '../../store/signals';

export interface Held {
  points: number[][]; // as the handles stand
  refused: number; // the point that is held where it is not accepted, or -1
  refusal: string; // why
}

/** The points as they were asked for while one is held where the library refuses it; else as accepted. */
export function heldOf(store: Pick<Signals, 'dragging' | 'draft' | 'refusal'>, accepted: number[][]): Held {
  const { points } = store.draft.value;
  const refusal = store.refusal.value;
  if (!store.dragging || refusal === null || points.length !== accepted.length) return { points: accepted, refused: -1, refusal: '' };
  return {
    points,
    refused: points.findIndex((p, n) => p.some((v, i) => v !== accepted[n]![i])),
    refusal: refusal.message,
  };
}

const reach = 0.97; // of half the view, as far as a point is moved

/** The place in the data's space, of one dimension or two, at these pixels of a figure. */
export function placeAt({ x, y, upright }: Plot, { centre, half }: View, px: number, py: number, bound = reach): number[] {
  const at = upright ? [y.invert(py)] : [x.invert(px), y.invert(py)];
  return centre.map((c, i) => round(Math.max(c - bound * half, Math.min(c + bound * half, at[i]!)), half));
}

export type DragStore = Pick<Signals, 'state' | 'engine' | 'description' | 'refusal' | 'view'> & Pick<Commands, 'update' | 'select' | 'hold' | 'settle'>;

/** @param plot the plot as it is at the moment */
export function handleEvents(store: DragStore, plot: () => Plot): HandleEvents {
  return {
    move(n, px, py) {
      store.hold();
      movePoint(store, n, placeAt(plot(), store.view.value!, px, py));
    },
    nudge(n, dx, dy) {
      const { half } = store.view.value!;
      const from = currentPoints(store)[n]!;
      const steps = from.length === 1 ? [dx || dy] : [dx, dy];
      movePoint(store, n, from.map((v, i) => round(v + (steps[i]! * half) / 100, half)));
    },
    remove: (n) => removePoint(store, n),
    select: (n) => store.select(n),
    release: () => store.settle(),
  };
}
