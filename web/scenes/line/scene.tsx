import { signal } from '@preact/signals';
import { Figure } from '../../drawing/figure';
import { seldom } from '../../store/seldom';
import { Formula, type Lit } from '../../ui/formula';
import { later } from '../../ui/later';
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
import { Legend } from './legend';
import { differenceInputs, lineData, lineInputs } from './of_data';
import type { lineParts } from './line_parts';
import { lineState } from './state';
import './line.css';

export const line: Scene = {
  ...lineState,
  written,
  look: 'of-points',
  open(store) {
    const data = lineData(store);
    const parts = signal<ReturnType<typeof lineParts> | null>(null);
    const lit = signal<Lit | null>(null);
    const Terms = later(parts, 'Terms');
    const Pins = later(parts, 'Pins');
    const Sketches = later(parts, 'Sketches');
    const shown = (layer: string) => store.state.value.layers.includes(layer);
    return {
      lit,
      Terms,
      async load() {
        const { lineParts } = await import('./line_parts');
        parts.value ??= lineParts(store, () => data.value);
      },
      // The values on the grid are always shown: in the difference, and under the pointer.
      request: () => ({
        grid: gridOf(store.view.value!),
        neurons: shown('trained'),
        comparison: true,
        record: true,
        samples: shown('rug') && store.state.value.noise === 'fresh',
      }),
      tables: () => parts.value?.tables ?? [],
      leaves: () => 'the line beyond this window; what the trained network does between 601 places, where it is drawn straight; bends nearer to each other than a 160th of the window are summed.',
      frameHeight: () => 640,
      Figure: () => (
        <div class="stage">
          <PointFigure
            store={store}
            class="line-figure"
            label="The denoiser h(y) against y, with the clean points on the diagonal"
            inputs={() => data.value && { ...lineInputs(store, data.value), over: parts.value?.over(lit.value) }}
            draw={(svg, { over, ...inputs }, size, events) => {
              drawLine(svg, inputs, size, events);
              if (over !== undefined) parts.value!.drawOver(svg, inputs, over, size);
            }}
            plotOf={plotOf}
            reach={1}
          />
          <Legend store={store} />
          <div class="beside">
            <Formula store={store} lit={lit} Terms={Terms} />
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
            <LossCurve store={store} Scrubber={parts.value?.Scrubber} />
          </div>
        </div>
      ),
      Caption: () => (
        <>
          {seldom(store, () => resultSentence(store))} The clean points lie on the diagonal, where a denoiser changes nothing; over each noise ball h must
          be flat, and between them the network of least cost is straight. {seldom(store, () => distanceSentence(store))}
        </>
      ),
      Measures: () => (
        <div class="pins-place">
          <Pins />
        </div>
      ),
      More: later(parts, 'More'),
      Compare: later(parts, 'Compare'),
      DataControls: () => <PointControls store={store} dimension={1} freePlace={() => freePlace(store)} Sketches={Sketches} />,
      ViewControls: () => (
        <Layers
          store={store}
          layers={[
            ['closed-form', 'Closed form', 'The denoiser of least cost, known exactly.'],
            ['trained', 'Trained network', 'The network as it stands after the last step.'],
            ['empirical-mmse', 'Empirical MMSE', 'The posterior mean with the clean points as prior: a soft step from point to point.'],
            ['knots', 'Knots', 'Where the closed form bends: the ends of the noise balls.'],
            ['cobweb', 'Cobweb', 'The closed form applied again and again, from the y that is pointed at, with its fixed points and their basins.'],
            ['rug', 'Noisy samples', 'The inputs that the network is trained on.'],
          ]}
        />
      ),
    };
  },
};
