// The errors of the pictures to take away.
import type { Cell, Table } from '../../ui/tables';
import { digitName } from './digits';
import type { Results } from './results';

export const imagesTables = (results: Results): Table[] => [
  {
    name: 'errors',
    title: 'Errors',
    lacking: 'There are no pictures yet.',
    rows: () => {
      const pictures = results.pictures.value;
      if (pictures === null) return null;
      const rows = results.rows().filter((row) => row.name !== 'clean' && row.errors !== null);
      return [['image', 'digit', ...rows.map((row) => row.name)], ...pictures.indices.map((index, n): Cell[] => [index, digitName(index), ...rows.map((row) => row.errors![n]!)])];
    },
  },
];
