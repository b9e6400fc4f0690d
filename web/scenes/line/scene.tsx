import { signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { Figure } from '../../drawing/figure';
import { Formula } from '../../ui/formula';
import { Layers } from '../../ui/layers';
import { LossCurve } from '../../ui/loss';
import type { Scene } from '../../ui/scene';
import { distanceSentence, resultSentence } from '../../ui/sentences';
import { PointControls } from '../points/controls';
import { PointFigure } from '../points/figure';
import { freePlace, gridOf } from '../points/interval';
import { written } from '../points/state';
import { drawDifference } from './difference';
import { drawLine, plotOf } from './figure';
import { differenceInputs, lineData, lineInputs } from './of_data';
import { lineState } from './state';
import './line.css';

export const line: Scene = {
  ...lineState,
  written,
  look: 'of-points',
  open(store) {
    const data = lineData(store);
    const later = signal<(() => ComponentChildren) | undefined>(undefined); // comes after the first figure
    const shown = (layer: string) => store.state.value.layers.includes(layer);
    return {
      async load() {
        const { Scrubber } = await import('../../ui/scrubber');
        later.value = () => <Scrubber store={store} />;
      },
      // The values on the grid are always shown: in the difference, and under the pointer.
      request: () => ({
        grid: gridOf(store.view.value!),
        neurons: shown('trained'),
        comparison: true,
        record: true,
        samples: shown('rug') && store.state.value.noise === 'fresh',
      }),
      frameHeight: () => 640,
      Figure: () => (
        <div class="stage">
          <PointFigure
            store={store}
            class="line-figure"
            label="The denoiser h(y) against y, with the clean points on the diagonal"
            inputs={() => data.value && lineInputs(store, data.value)}
            draw={drawLine}
            plotOf={plotOf}
            reach={1}
          />
          <div class="beside">
            <Formula store={store} />
            <figure class="small">
              <Figure
                class="difference-figure"
                label="The trained network less the closed form, against y"
                inputs={() => data.value && differenceInputs(store, data.value)}
                draw={drawDifference}
              />
              <figcaption>
                <b class="trained">Trained</b> less <b class="closed-form">closed form</b>, against y
              </figcaption>
            </figure>
            <LossCurve store={store} Scrubber={later.value} />
          </div>
        </div>
      ),
      Caption: () => (
        <>
          {resultSentence(store)} The clean points lie on the diagonal, where a denoiser changes nothing; over each noise ball h must
          be flat, and between them the network of least cost is straight. {distanceSentence(store)}
        </>
      ),
      DataControls: () => <PointControls store={store} dimension={1} freePlace={() => freePlace(store)} />,
      ViewControls: () => (
        <Layers
          store={store}
          layers={[
            ['closed-form', 'Closed form', 'The denoiser of least cost, known exactly.'],
            ['trained', 'Trained network', 'The network as it stands after the last step.'],
            ['empirical-mmse', 'Empirical MMSE', 'The posterior mean with the clean points as prior: a soft step from point to point.'],
            ['knots', 'Knots', 'Where the closed form bends: the ends of the noise balls.'],
            ['rug', 'Noisy samples', 'The inputs that the network is trained on.'],
          ]}
        />
      ),
    };
  },
};
