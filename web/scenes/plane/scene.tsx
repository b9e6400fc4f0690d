import { signal } from '@preact/signals';
import { seldom } from '../../store/seldom';
import { Formula, type Lit } from '../../ui/formula';
import { later } from '../../ui/later';
import { Layers } from '../../ui/layers';
import { LossCurve } from '../../ui/loss';
import type { Scene } from '../../ui/scene';
import { distanceSentence, resultSentence } from '../../ui/sentences';
import { PointControls } from '../points/controls';
import { PointFigure } from '../points/figure';
import { freePlace, gridOf, plotOf } from '../points/square';
import { written } from '../points/state';
import { Alignment, Roses } from './directions';
import { FieldChoice } from './field_choice';
import { drawPlane } from './figure';
import { Legend } from './legend';
import { planeData, planeInputs } from './of_data';
import type { planeParts } from './plane_parts';
import { planeState } from './state';
import './plane.css';

export const plane: Scene = {
  ...planeState,
  written,
  look: 'of-points square',
  open(store) {
    const data = planeData(store);
    const current = () => data.value;
    // What may be opened or switched on comes after the first figure.
    const parts = signal<ReturnType<typeof planeParts> | null>(null);
    const load = async () => {
      const { planeParts } = await import('./plane_parts');
      parts.value ??= planeParts(store, current);
    };
    const ViewMore = later(parts, 'ViewMore');
    const lit = signal<Lit | null>(null);
    const Terms = later(parts, 'Terms');
    const Pins = later(parts, 'Pins');
    const Sketches = later(parts, 'Sketches');
    return {
      lit,
      Terms,
      load,
      // The values on the grid are read under the pointer, and the neurons by the roses, whatever is hidden.
      request: () => ({
        grid: gridOf(store.view.value!),
        neurons: true,
        comparison: true,
        alignment: true,
        record: true,
        samples: store.state.value.layers.includes('samples') && store.state.value.noise === 'fresh',
      }),
      tables: () => parts.value?.tables ?? [],
      leaves: () => 'the plane beyond this window, the field between its arrows, neurons of less than a ten-thousandth of the mass, and of very many samples all but 4,000.',
      frameHeight: () => 640,
      Figure: () => (
        <div class="stage">
          <PointFigure
            store={store}
            class="plane-figure square-figure"
            label="The plane of noisy inputs with the clean points and their noise balls"
            inputs={() => data.value && { ...planeInputs(store, data.value, parts.value?.bands ?? null), over: parts.value?.over(lit.value) }}
            draw={(svg, { over, ...inputs }, size, events) => {
              drawPlane(svg, inputs, size, events);
              if (over !== undefined) parts.value!.drawOver(svg, inputs, over, size);
            }}
            plotOf={plotOf}
            watch={parts.value?.watch}
          />
          <Legend store={store} data={current} />
          <Alignment store={store} data={current} />
          <div class="beside">
            <Formula store={store} lit={lit} Terms={Terms} />
            <Roses store={store} data={current} />
            <LossCurve store={store} Scrubber={parts.value?.Scrubber} />
          </div>
        </div>
      ),
      Caption: () => (
        <>
          {seldom(store, () => resultSentence(store))} Each arrow points from a noisy y towards its denoised h(y); lines are where a network bends.{' '}
          {seldom(store, () => distanceSentence(store))}
        </>
      ),
      Measures: () => (
        <div class="pins-place">
          <Pins />
        </div>
      ),
      More: later(parts, 'More'),
      Compare: later(parts, 'Compare'),
      DataControls: () => <PointControls store={store} dimension={2} freePlace={() => freePlace(store)} Sketches={Sketches} />,
      ViewControls: () => (
        <>
          <FieldChoice store={store} />
          <Layers
            store={store}
            layers={[
              ['field', 'Displacement field', 'Arrows along h(y) − y, a quarter of its length.'],
              ['boundaries', 'Bends of the networks', 'The lines on which ReLUs switch: trained over theory, heavier with mass.'],
              ['distance', 'Distance map', 'How far the trained network is from the closed form, or the minimum-cost denoiser, at each y, over the diameter.'],
              ['image', 'Image of a grid', 'Where the chosen denoiser sends the lines of a square grid: folds and all.'],
              ['samples', 'Noisy samples', 'The inputs that the network is trained on.'],
              ['directions', 'Edges', 'The lines between clean points.'],
            ]}
          />
          <ViewMore />
        </>
      ),
    };
  },
};
