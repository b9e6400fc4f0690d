import { signal } from '@preact/signals';
import type { ComponentChildren, ComponentType } from 'preact';
import { Formula } from '../../ui/formula';
import { Layers } from '../../ui/layers';
import { LossCurve } from '../../ui/loss';
import type { Scene } from '../../ui/scene';
import type { Table } from '../../ui/tables';
import { distanceSentence, resultSentence } from '../../ui/sentences';
import { PointControls } from '../points/controls';
import { PointFigure } from '../points/figure';
import { freePlace, gridOf, plotOf } from '../points/square';
import { written } from '../points/state';
import { Alignment, Roses } from './directions';
import { FieldChoice, HeatChoice } from './field_choice';
import { drawPlane } from './figure';
import { Legend } from './legend';
import { componentMost, planeData, planeInputs, type Reference } from './of_data';
import { planeState } from './state';
import './plane.css';

const notYet: Reference = { name: 'edges', directions: [] };

export const plane: Scene = {
  ...planeState,
  written,
  look: 'of-points square',
  open(store) {
    const data = planeData(store);
    const reference = () => data.value?.reference ?? notYet;
    // What may be opened or switched on comes after the first figure.
    const later = signal<{ Proof: typeof import('./proof').Proof; bands: typeof import('./bands'); Scrubber: () => ComponentChildren; tables: readonly Table[]; Compare: ComponentType } | null>(null);
    const load = async () => {
      const [{ Proof }, bands, { Scrubber }, { planeTables }, { planeComparison }] = await Promise.all([import('./proof'), import('./bands'), import('../../ui/scrubber'), import('./tables'), import('./compare')]);
      later.value = { Proof, bands, Scrubber: () => <Scrubber store={store} />, tables: planeTables(store, () => data.value), Compare: planeComparison(store, () => data.value) };
    };
    return {
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
      tables: () => later.value?.tables ?? [],
      leaves: () => 'the plane beyond this window, the field between its arrows, neurons of less than a ten-thousandth of the mass, and of very many samples all but 4,000.',
      frameHeight: () => 640,
      Figure: () => (
        <div class="stage">
          <PointFigure
            store={store}
            class="plane-figure square-figure"
            label="The plane of noisy inputs with the clean points and their noise balls"
            inputs={() => data.value && planeInputs(store, data.value, later.value?.bands ?? null)}
            draw={drawPlane}
            plotOf={plotOf}
          />
          <Legend store={store} bends={(data.value?.neurons.length ?? 0) / 6} centred={data.value?.base?.point === -1} most={componentMost(data.value?.accepted ?? [[1]])} />
          <Alignment store={store} reference={reference()} />
          <div class="beside">
            <Formula store={store} />
            <Roses store={store} data={() => data.value} reference={reference()} />
            <LossCurve store={store} Scrubber={later.value?.Scrubber} />
          </div>
        </div>
      ),
      Caption: () => (
        <>
          {resultSentence(store)} Each arrow points from a noisy y towards its denoised h(y); lines are where a network bends.{' '}
          {distanceSentence(store)}
        </>
      ),
      More: () =>
        later.value === null ? null : (
          <>
            <later.value.Proof store={store} />
            {!store.state.value.embed && <later.value.Compare />}
          </>
        ),
      DataControls: () => <PointControls store={store} dimension={2} freePlace={() => freePlace(store)} />,
      ViewControls: () => (
        <>
          <FieldChoice store={store} />
          <HeatChoice store={store} />
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
        </>
      ),
    };
  },
};
