// What follows a clean point that is held, beside the figure: at a pace at which it can be read.
import { untracked } from '@preact/signals';
import type { Signals } from './signals';

/** What `read` gives, followed at once; while a point is held, at the store's pace. */
export function seldom<T>(store: Pick<Signals, 'dragging' | 'pace'>, read: () => T): T {
  if (!store.dragging) return read();
  void store.pace.value;
  return untracked(read);
}
