import { signal } from '@preact/signals';
import { later } from '../../ui/later';
import type { Scene } from '../../ui/scene';
import { PointControls } from '../points/controls';
import { freePlace, gridOf } from '../points/square';
import { written } from '../points/state';
import type { flowView } from './flow_view';
import { flowState } from './state';

export const flow: Scene = {
  ...flowState,
  written,
  look: 'of-points square',
  open(store) {
    const view = signal<ReturnType<typeof flowView> | null>(null);
    const code = async () => {
      const { flowView } = await import('./flow_view');
      view.value ??= flowView(store);
    };
    return {
      code,
      load: code,
      prepare: code,
      request: () => ({ grid: gridOf(store.view.value!), comparison: true }),
      frameHeight: () => 760,
      Figure: later(view, 'Figure'),
      Caption: later(view, 'Caption'),
      DataControls: () => <PointControls store={store} dimension={2} freePlace={() => freePlace(store)} />,
      own: { title: 'Flow', Controls: later(view, 'Controls') },
      ViewControls: later(view, 'ViewControls'),
    };
  },
};
