// What only the laboratory has of the line: what is chosen, kept and taken away. A figure's file goes without
// it (web/figure/no_laboratory.ts).
import { seldom } from '../../store/seldom';
import type { Commands, Signals } from '../../store/signals';
import { Sketches } from '../points/sketches';
import { Terms } from '../points/terms';
import { lineComparison } from './compare';
import { litLine, termsOf } from './lit';
import type { LineData } from './of_data';
import { Risk, riskTable } from './risk';
import { RiskCurves } from './risk_curves';
import { lineTables } from './tables';

export function laboratoryParts(store: Signals & Commands, data: () => LineData | null) {
  const curves = new RiskCurves();
  return {
    tables: [...lineTables(store, data), riskTable(curves)],
    Terms: () => <Terms terms={seldom(store, () => termsOf(store))} />,
    lit: litLine(store),
    Sketches: () => <Sketches store={store} dimension={1} />,
    More: () => <Risk store={store} curves={curves} />,
    Compare: lineComparison(store, data),
  };
}
