// What a figure of clean points shows that depends on the data alone: made anew for each accepted
// configuration, and each part of it not before it is shown.
import { computed, untracked, type ReadonlySignal } from '@preact/signals';
import type { Description, Which } from '../../denoise';
import type { View } from '../../drawing/view';
import type { Answers } from '../../engine/engine';
import { currentPoints } from '../../store/clean_points';
import type { Signals } from '../../store/signals';

export interface Data {
  engine: Answers;
  description: Description;
  view: View;
  accepted: number[][]; // the clean points
  which: Which | null; // the reference, or the ramps that stand for it
}

type Store = Pick<Signals, 'state' | 'engine' | 'description' | 'configuration' | 'view'>;

/** What `make` gives for the data of this dimension that are shown; null where others are. */
export function ofData<T>(store: Store, dimension: number, make: (data: Data) => T): ReadonlySignal<T | null> {
  return computed(() => {
    void store.configuration.value;
    const engine = store.engine.value;
    const view = store.view.value;
    const description = store.description.value;
    if (engine === null || view?.centre.length !== dimension || description?.dimension !== dimension) return null;
    const which = description.reference?.kind ?? description.ramps?.kind ?? null;
    return untracked(() => make({ engine, description, view, accepted: currentPoints(store), which }));
  });
}

/** Made when it is first asked for, and kept. */
export function once<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}

/** The noisy samples of the network's last step, where each step draws its own; undefined where they
 *  are the dataset's, or are still of other points. */
export function freshSamples({ state, snapshot, engine }: Pick<Signals, 'state' | 'snapshot' | 'engine'>): Float64Array | undefined {
  const last = snapshot.value;
  if (state.value.noise !== 'fresh' || last === null || !engine.value!.answers(last)) return undefined;
  return last.samples;
}
