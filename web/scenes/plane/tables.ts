// The plane's numbers to take away. Its code comes after the first figure.
import type { Signals } from '../../store/signals';
import type { Cell, Table } from '../../ui/tables';
import type { ProbeStore } from '../points/probe';
import { probeTable } from '../points/probe_table';
import type { PlaneData } from './of_data';

const rows = 6; // of Session.neurons() in two dimensions

/** Each neuron a [w.y - level]+ with a mass. */
const listed = (name: string, neurons: ArrayLike<number>): Cell[][] =>
  Array.from({ length: neurons.length / rows }, (_, k): Cell[] => [name, ...Array.from({ length: rows }, (_, i) => neurons[rows * k + i]!)]).filter((row) => (row.at(-1) as number) > 0);

export const planeTables = (store: ProbeStore & Pick<Signals, 'state'>, data: () => PlaneData | null): Table[] => [
  {
    name: 'neurons',
    title: 'Neurons',
    lacking: 'There is no network yet.',
    rows: () => {
      const now = data();
      if (now === null) return null;
      return [['denoiser', 'w1', 'w2', 'level', 'a1', 'a2', 'mass'], ...listed(now.which ?? '', now.neurons), ...listed('trained', store.snapshot.value?.neurons ?? [])];
    },
  },
  probeTable(store),
];
