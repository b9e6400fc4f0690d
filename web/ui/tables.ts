// What a figure shows as a table, and a table as a CSV file.
import { csvFormatRows } from 'd3-dsv';
import type { Signals } from '../store/signals';
import { provenanceLine, type Provenance } from './provenance';

export type Cell = string | number;

export interface Table {
  name: string; // of its file
  title: string; // on its button
  /** Its head, then its rows; null where there is nothing to write. */
  rows(): Cell[][] | null;
  lacking: string; // why not, in a sentence
}

const written = (cell: Cell): string => (typeof cell === 'number' && !Number.isFinite(cell) ? '' : String(cell));

/** Lines that begin with # say what it was made from; the page's own reader skips them. */
export const csvOf = (rows: Cell[][], from: Provenance, link: string): string => `# ${provenanceLine(from)}\n# ${link}\n${csvFormatRows(rows.map((row) => row.map(written)))}\n`;

/** Loss and distance over the run. */
export const lossTable = (store: Pick<Signals, 'trace' | 'recording'>): Table => ({
  name: 'loss',
  title: 'Loss curve',
  lacking: 'There is no loss curve before the first step.',
  rows: () => {
    const moments = store.recording.moments.value;
    const distances = new Map(store.trace.value.map((p) => [p.step, p.distance]));
    const losses = new Map([...store.trace.value, ...moments].map((p) => [p.step, p.loss]));
    const events = new Map(moments.map((m) => [m.step, m.event]));
    const steps = [...losses.keys()].sort((a, b) => a - b);
    if (steps.length < 2) return null;
    return [
      ['step', 'loss', 'distance_over_diameter', 'event'],
      ...steps.map((step) => {
        const event = events.get(step);
        return [step, losses.get(step)!, distances.get(step) ?? NaN, event === undefined ? '' : event.kind === 'merged' ? `merged ${event.from} to ${event.to}` : event.kind === 'rest' ? event.rest : event.kind];
      }),
    ];
  },
});
