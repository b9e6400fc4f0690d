// The flow in the plane.
import type { Scene } from '../../ui/scene';
import { freePlace, gridOf } from '../points/square';
import { written } from '../points/state';
import { openFlow } from './open';
import { flowState } from './state';

export const flow: Scene = {
  ...flowState,
  written,
  look: 'of-points square',
  open: (store) => openFlow(store, 2, () => ({ grid: gridOf(store.view.value!), comparison: true, record: 'held' }), () => freePlace(store)),
};
