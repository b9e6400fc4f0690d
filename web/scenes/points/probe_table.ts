// The denoised values of pinned y and of the one that is pointed at, as a table.
import type { Signals } from '../../store/signals';
import type { Cell, Table } from '../../ui/tables';
import { probeOf, valuesAt, type ProbeStore } from './probe';

const numbered = (letter: string, d: number): string[] => (d === 1 ? [letter] : Array.from({ length: d }, (_, i) => `${letter}${i + 1}`));

export const probeTable = (store: ProbeStore & Pick<Signals, 'state'>): Table => ({
  name: 'probe',
  title: 'Probe',
  lacking: 'No y is pointed at or pinned: click or tap the figure, and its denoised values are kept.',
  rows: () => {
    const pinned = store.state.value.pins.map(({ name, at }) => ({ name, probe: valuesAt(store, at) }));
    const shown = [...pinned, { name: '', probe: probeOf(store) }].flatMap(({ name, probe }) => (probe === null ? [] : [{ name, ...probe }]));
    if (shown.length === 0) return null;
    const d = shown[0]!.at.length;
    return [['pin', ...numbered('y', d), 'denoiser', ...numbered('h', d)], ...shown.flatMap(({ name, at, values }) => values.map(({ which, value }): Cell[] => [name, ...at, which, ...value]))];
  },
});
