// The line's numbers to take away. Its code comes after the first figure.
import type { Signals } from '../../store/signals';
import { sameGrid } from '../../engine/protocol';
import type { Cell, Table } from '../../ui/tables';
import type { ProbeStore } from '../points/probe';
import { probeTable } from '../points/probe_table';
import { gridOf } from '../points/interval';
import type { LineData } from './of_data';

export const lineTables = (store: ProbeStore & Pick<Signals, 'state'>, data: () => LineData | null): Table[] => [
  {
    name: 'function',
    title: 'Functions',
    lacking: 'There is no function yet.',
    rows: () => {
      const now = data();
      const { values, grid } = store.snapshot.value ?? {};
      if (now === null) return null;
      const own = gridOf(now.view);
      const nodes = own.shape[0]!;
      const closed = now.closedOnGrid();
      const columns: [string, ArrayLike<number>][] = [
        ['y', Array.from({ length: nodes }, (_, i) => own.lower[0]! + ((own.upper[0]! - own.lower[0]!) * i) / (nodes - 1))],
        ...(closed === null ? [] : [[store.description.value!.reference?.kind ?? 'vertex-ramp', closed] as [string, ArrayLike<number>]]),
        ...(values !== undefined && sameGrid(grid, own) ? [['trained', values] as [string, ArrayLike<number>]] : []),
        ['empirical-mmse', store.engine.value!.evaluateGrid('empirical-mmse', own)],
      ];
      return [columns.map(([name]) => name), ...Array.from({ length: nodes }, (_, i): Cell[] => columns.map(([, column]) => column[i]!))];
    },
  },
  probeTable(store),
];
