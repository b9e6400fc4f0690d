// The denoised values of the y that is pointed at, as a table.
import type { Cell, Table } from '../../ui/tables';
import { probeOf, type ProbeStore } from './probe';

const numbered = (letter: string, d: number): string[] => (d === 1 ? [letter] : Array.from({ length: d }, (_, i) => `${letter}${i + 1}`));

export const probeTable = (store: ProbeStore): Table => ({
  name: 'probe',
  title: 'Probe',
  lacking: 'No y is pointed at: click or tap the figure, and its denoised values are kept.',
  rows: () => {
    const probe = probeOf(store);
    if (probe === null) return null;
    const d = probe.at.length;
    return [[...numbered('y', d), 'denoiser', ...numbered('h', d)], ...probe.values.map(({ which, value }): Cell[] => [...probe.at, which, ...value])];
  },
});
