// The flow on a line: y against the flow's time.
import type { Scene } from '../../ui/scene';
import { freePlace, gridOf } from '../points/interval';
import { written } from '../points/state';
import { openFlow } from './open';
import { lineFlowState } from './state';

export const lineFlow: Scene = {
  ...lineFlowState,
  written,
  under: 'flow',
  look: 'of-points square flow',
  open: (store) => openFlow(store, 1, () => ({ grid: gridOf(store.view.value!), comparison: true, record: 'held' }), () => freePlace(store)),
};
