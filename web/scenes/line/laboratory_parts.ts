// What only the laboratory has of the line: what is kept and taken away. A figure's file goes without it
// (web/figure/no_laboratory.ts).
import type { Commands, Signals } from '../../store/signals';
import { lineComparison } from './compare';
import type { LineData } from './of_data';
import { lineTables } from './tables';

export const laboratoryParts = (store: Signals & Commands, data: () => LineData | null) => ({ tables: lineTables(store, data), Compare: lineComparison(store, data) });
