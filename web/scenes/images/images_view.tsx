// The pictures, the words and the controls of images: loaded after the first figure, or when they are
// shown.
import { laboratoryParts } from '#images-laboratory';
import type { ComponentType } from 'preact';
import type { DirectionAlignment } from '../../denoise';
import { Figure } from '../../drawing/figure';
import { referenceName, referenceSymbol } from '../../store/reference';
import type { Commands, Signals } from '../../store/signals';
import { NumberField } from '../../ui/fields';
import { LossCurve } from '../../ui/loss';
import { Scrubber } from '../../ui/scrubber';
import { distanceSentence, resultSentence } from '../../ui/sentences';
import { carriedOf } from './carried';
import { DIGITS_PIXELS, type Digits } from './digits';
import { picturesFile } from './export';
import { frameHeight, PictureGrid } from './grid';
import { drawHistogram } from './histogram';
import { Picker } from './picker';
import { resultsOf } from './results';
import { imagesTables } from './tables';
import { Strips } from './thumbnails';
import './images.css';

interface HistogramProps {
  store: Pick<Signals, 'readings'>;
  name: 'edges' | 'faces';
  explain: string;
}

function AlignmentHistogram({ store, name, explain }: HistogramProps) {
  const of = (): DirectionAlignment | null => store.readings.value?.alignment?.[name] ?? null;
  const now = of();
  return (
    <figure class="small">
      <Figure
        class="alignment-figure"
        label={`Mass of the neurons by the alignment of their input weights with the ${name}, beside the same by chance`}
        inputs={() => ({ alignment: of()?.input ?? null })}
        draw={drawHistogram}
      />
      <figcaption>
        Neuron mass by alignment of the input weights w with <b class="theory">{explain}</b>: <b class="trained">trained</b>, and
        directions drawn <b class="random">by chance</b> in the images’ hull.
        <span class="unseen">
          <span data-testid={`alignment-${name}`} data-value={now?.input.mean ?? ''} />
          <span data-testid={`alignment-${name}-null`} data-value={now?.input.null_mean ?? ''} />
        </span>
      </figcaption>
    </figure>
  );
}

const percent = (share: number): string => `${(100 * share).toFixed(share < 0.0995 ? 2 : 1)} %`;

/** The share of neuron mass outside the affine hull of the images, which theory puts at 0. */
function OutsideHull({ store }: { store: Pick<Signals, 'readings' | 'description' | 'state'> }) {
  const outside = store.readings.value?.alignment?.outside_hull;
  const dimension = store.description.value?.affine_dimension ?? 0;
  return (
    <dl class="outside">
      <dt>Mass outside the images’ hull</dt>
      <dd>
        <b class="trained" data-testid="outside-hull-input" data-value={outside?.input ?? ''}>
          {outside ? percent(outside.input) : '–'}
        </b>{' '}
        of input weights,{' '}
        <b class="trained" data-testid="outside-hull-output" data-value={outside?.output ?? ''}>
          {outside ? percent(outside.output) : '–'}
        </b>{' '}
        of output weights
      </dd>
      <dd class="reference">
        0 % at the minimum-cost denoiser, which acts in the {dimension} dimensions of the hull
        {store.state.value.subspace
          ? ', as does training that is confined to them.'
          : `; ${percent(1 - dimension / DIGITS_PIXELS)} by chance in all ${DIGITS_PIXELS}.`}
      </dd>
    </dl>
  );
}

interface MeasuresProps {
  store: Pick<Signals, 'readings' | 'description' | 'state' | 'trace' | 'recording' | 'dragging' | 'pace'>;
  scrubber: ComponentType;
}

/** What may be absent comes last, so that nothing moves when it comes. */
function Measures({ store, scrubber }: MeasuresProps) {
  const faces = store.readings.value?.alignment?.faces ?? null;
  return (
    <div class="measures">
      <OutsideHull store={store} />
      <AlignmentHistogram store={store} name="edges" explain="the edges xᵢ&nbsp;−&nbsp;xⱼ" />
      <LossCurve store={store} Scrubber={scrubber} />
      {faces !== null && <AlignmentHistogram store={store} name="faces" explain="the normals of the faces" />}
    </div>
  );
}

export function imagesView(store: Signals & Commands, digits: Digits) {
  const strips = new Strips(digits);
  const results = resultsOf(store);
  const scrubber = () => <Scrubber store={store} />;
  const { More = () => null } = laboratoryParts(store, results); // a figure alone has none
  return {
    More,
    request: () => ({ points: results.points(), comparison: true, alignment: true, record: true }),
    frameHeight: () => frameHeight(store.state.value.images.length),
    file: () => picturesFile(results),
    tables: imagesTables(results),
    carried: () => carriedOf(digits.bytes.peek()!, store.state.peek().images),
    Figure: () => (
      <div class="images-stage">
        <PictureGrid store={store} results={results} />
      </div>
    ),
    Measures: () => <Measures store={store} scrubber={scrubber} />,
    Caption: () => (
      <>
        Each column is one clean image x and one noisy y that the network was not trained on, through each denoiser; the network is
        trained in {store.state.value.subspace ? `the ${store.description.value?.affine_dimension ?? ''} dimensions of the images’ hull` : `all ${DIGITS_PIXELS} dimensions`}
        {store.state.value.noise === 'fresh' ? ', on new noise at every step' : ''}. h is the trained network, E the posterior mean with the picked images as prior, {referenceSymbol(store.description.value).slice(0, -3)} the {referenceName(store.description.value)}, |·| the
        length over all pixels. {resultSentence(store)} {distanceSentence(store)}
      </>
    ),
    DataControls: () => <Picker store={store} strips={strips} digits={digits} />,
    ViewControls: () => (
      <NumberField
        store={store}
        name="held-out"
        label="Shown noise"
        explain="Seed of the noise on the images that are shown; the network is never trained on it."
        value={store.state.value.heldOut}
        range={[1, 100]}
        whole
        change={(heldOut) => {
          if (Number.isInteger(heldOut) && heldOut >= 0 && heldOut < 1e9) store.update({ heldOut });
        }}
      />
    ),
  };
}
