// What only the laboratory has of the plane: what is chosen, kept, taken away, moved and scaled. A figure's file
// goes without it (web/figure/no_laboratory.ts).
import { seldom } from '../../store/seldom';
import type { Commands, Signals } from '../../store/signals';
import { Terms } from '../points/terms';
import { Sketches } from '../points/sketches';
import { watchWindow, WindowControls } from '../points/window';
import { planeComparison } from './compare';
import { HeatChoice } from './heat_choice';
import { litPlane, termsOf } from './lit';
import type { PlaneData } from './of_data';
import { Space } from './space';
import { Proof } from './proof';
import { planeTables } from './tables';

export const laboratoryParts = (store: Signals & Commands, data: () => PlaneData | null) => ({
  tables: planeTables(store, data),
  Terms: () => <Terms terms={seldom(store, () => termsOf(store))} />,
  lit: litPlane(store),
  Sketches: () => <Sketches store={store} dimension={2} />,
  watch: (main: HTMLElement, svg: SVGSVGElement) => watchWindow(main, svg, store),
  ViewMore: () => (
    <>
      <HeatChoice store={store} />
      <WindowControls store={store} />
    </>
  ),
  More: () => (
    <>
      <Proof store={store} />
      <Space store={store} />
    </>
  ),
  Compare: planeComparison(store, data),
});
