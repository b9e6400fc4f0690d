// Exact values on hover: what each denoiser makes of the y under the pointer.
import type { Which } from '../../denoise';
import { nice } from '../../drawing/svg';
import type { Commands, Signals } from '../../store/signals';

export type ProbeStore = Pick<Signals, 'probe' | 'configuration' | 'engine' | 'description' | 'snapshot'>;

export interface Probe {
  at: number[];
  values: { which: Which; text: string; value: number[] }[];
}

/** Values at the pointer; the trained network's are read from its grid, between nodes linearly. */
export function probeOf(store: ProbeStore): Probe | null {
  const at = store.probe.value;
  return at === null ? null : valuesAt(store, at);
}

/** Values at a place, where the data are of its dimension. */
export function valuesAt(store: ProbeStore, at: number[]): Probe | null {
  void store.configuration.value;
  const engine = store.engine.value;
  const description = store.description.value;
  if (engine === null || description === null || at.length !== description.dimension) return null;
  const y = Float64Array.from(at);
  const values: Probe['values'] = [];
  const { reference } = description;
  if (reference) values.push({ which: reference.kind, text: reference.kind === 'closed-form' ? 'closed form' : 'minimum cost', value: [...engine.evaluate(reference.kind, y)] });
  const trained = fromGrid(store, at);
  if (trained !== null) values.push({ which: 'trained', text: 'trained', value: trained });
  values.push({ which: 'empirical-mmse', text: 'MMSE', value: [...engine.evaluate('empirical-mmse', y)] });
  return { at, values };
}

function fromGrid(store: Pick<Signals, 'snapshot'>, at: number[]): number[] | null {
  const { grid, values } = store.snapshot.value ?? {};
  const d = at.length;
  if (!grid || !values || grid.shape.length !== d) return null;
  const cells = at.map((v, i) => {
    const n = grid.shape[i]! - 1;
    const t = Math.min(n, Math.max(0, ((v - grid.lower[i]!) / (grid.upper[i]! - grid.lower[i]!)) * n));
    const cell = Math.min(n - 1, Math.floor(t));
    return [cell, t - cell] as const;
  });
  const sum = new Array<number>(d).fill(0);
  for (let corner = 0; corner < 1 << d; ++corner) {
    let index = 0;
    let weight = 1;
    cells.forEach(([cell, t], i) => {
      const up = (corner >> i) & 1;
      index = index * grid.shape[i]! + cell + up;
      weight *= up ? t : 1 - t;
    });
    for (let i = 0; i < d; ++i) sum[i]! += weight * values[index * d + i]!;
  }
  return sum;
}

/** Handlers of the figure that set the probe: a pointer that hovers carries it along; a click holds it and
 *  another lets it go; a tap moves it. Outside of the plot it is removed.
 *  @param place the y at the pointer, null outside of the plot @param held whether it is */
export function probeEvents(store: Pick<Signals, 'dragging'> & Pick<Commands, 'pointAt'>, place: (event: PointerEvent | MouseEvent) => number[] | null, held: { current: boolean }) {
  const hovers = (event: PointerEvent) => event.pointerType !== 'touch';
  return {
    onPointerMove: (event: PointerEvent) => {
      if (hovers(event) && !held.current) store.pointAt(store.dragging ? null : place(event));
    },
    onPointerLeave: (event: PointerEvent) => {
      if (hovers(event) && !held.current) store.pointAt(null);
    },
    onClick: (event: MouseEvent) => {
      if ((event.target as Element).closest('.point')) return;
      const at = place(event);
      held.current = at !== null && !(held.current && hovers(event as PointerEvent));
      store.pointAt(at);
    },
  };
}

/** Thousandths of the data's size, all with the same number of digits, so that the line keeps still. */
export function written(p: number[], size: number): string {
  const digits = Math.max(0, Math.min(12, 3 - Math.floor(Math.log10(size))));
  const texts = p.map((v) => (size < 1e5 ? v.toFixed(digits).replace(/^-(?=[0.]*$)/, '').replace('-', '−') : nice(v)));
  return texts.length === 1 ? texts[0]! : `(${texts.join(', ')})`;
}

/** One line under the figure, of a fixed height. */
export function ProbeLine({ store }: { store: ProbeStore }) {
  const probe = probeOf(store);
  if (probe === null) return <p class="probe">Point at the figure to read what each denoiser makes of a noisy y; a click or a tap holds it.</p>;
  const size = store.description.value?.diameter || 1;
  return (
    <p class="probe">
      <span>y = {written(probe.at, size)}</span>
      {probe.values.map(({ which, text, value }) => (
        <span key={which} class={which}>
          {text} {written(value, size)}
        </span>
      ))}
    </p>
  );
}
