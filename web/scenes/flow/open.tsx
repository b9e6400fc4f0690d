// A scene of flows at work: its figures come after the first figure, or when they are shown.
import { signal } from '@preact/signals';
import type { Commands, Signals } from '../../store/signals';
import { SelectField } from '../../ui/fields';
import { later } from '../../ui/later';
import type { ShownScene } from '../../ui/scene';
import { PointControls } from '../points/controls';
import type { flowView } from './flow_view';

/** @param dimension of the clean points @param freePlace where another one may go */
export function openFlow(store: Signals & Commands, dimension: 1 | 2, request: ShownScene['request'], freePlace: () => number[]): ShownScene {
  const view = signal<ReturnType<typeof flowView> | null>(null);
  const Sketches = later(view, 'Sketches');
  const code = async () => {
    const { flowView } = await import('./flow_view');
    view.value ??= flowView(store, dimension);
  };
  return {
    code,
    load: code,
    prepare: code,
    request,
    frameHeight: () => 800,
    unlinked() {
      const { flow, flowOf } = store.state.value;
      return flow === 'probability' && flowOf === 'trained' ? 'The diffusion model is not in it: it can be trained anew there.' : '';
    },
    Figure: later(view, 'Figure'),
    Caption: later(view, 'Caption'),
    DataControls: () => (
      <>
        <SelectField
          store={store}
          name="space"
          label="Points lie"
          explain="In the plane the flow is seen from above; on a line it is drawn against its time."
          value={store.state.value.scene}
          choices={[
            ['flow', 'in the plane'],
            ['line-flow', 'on a line'],
          ]}
          change={(scene) => void store.show(scene)}
        />
        <PointControls store={store} dimension={dimension} freePlace={freePlace} Sketches={Sketches} />
      </>
    ),
    own: { title: 'Flow', Controls: later(view, 'Controls') },
    ViewControls: later(view, 'ViewControls'),
  };
}
