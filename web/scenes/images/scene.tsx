import type { App } from '../../store/app';
import type { DirectionAlignment } from '../../denoise';
import { DIGITS_NAME, DIGITS_PIXELS, loadDigits } from './digits';
import { Figure } from '../../drawing/figure';
import { LossCurve } from '../../ui/loss';
import type { Scene } from '../../ui/scene';
import { NumberField } from '../../ui/fields';
import { distanceSentence, resultSentence } from '../../ui/sentences';
import { picturesFile } from './export';
import { frameHeight, PictureGrid } from './grid';
import { drawHistogram } from './histogram';
import { digits, Picker } from './picker';
import { complaint } from './picks';
import { picturesOf } from './results';

interface HistogramProps {
  app: App;
  name: 'edges' | 'faces';
  explain: string;
}

function AlignmentHistogram({ app, name, explain }: HistogramProps) {
  const of = (): DirectionAlignment | null => app.readings.value?.alignment?.[name] ?? null;
  const now = of();
  return (
    <figure class="small">
      <Figure
        class="alignment-figure"
        label={`Mass of the neurons by the alignment of their input weights with the ${name}, beside the same by chance`}
        inputs={() => ({ trained: of()?.input ?? null, chance: of()?.null ?? null })}
        draw={drawHistogram}
      />
      <figcaption>
        Neuron mass by alignment of the input weights w with <b class="theory">{explain}</b>: <b class="trained">trained</b>, and
        directions drawn <b class="random">by chance</b> in the images’ hull.
        <span class="unseen">
          <span data-testid={`alignment-${name}`} data-value={now?.input.mean ?? ''} />
          <span data-testid={`alignment-${name}-null`} data-value={now?.null.mean ?? ''} />
        </span>
      </figcaption>
    </figure>
  );
}

const percent = (share: number): string => `${(100 * share).toFixed(share < 0.0995 ? 2 : 1)} %`;

/** The share of neuron mass outside the affine hull of the images, which theory puts at 0. */
function OutsideHull({ app }: { app: App }) {
  const outside = app.readings.value?.alignment?.outsideHull;
  const dimension = app.description.value?.affineDimension ?? 0;
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
        {app.state.value.subspace
          ? ', as does training that is confined to them.'
          : `; ${percent(1 - dimension / DIGITS_PIXELS)} by chance in all ${DIGITS_PIXELS}.`}
      </dd>
    </dl>
  );
}

const ImagesFigure = ({ app }: { app: App }) => (
  <div class="images-stage">
    <PictureGrid app={app} />
  </div>
);

/** What may be absent comes last, so that nothing moves when it comes. */
function Measures({ app }: { app: App }) {
  const faces = app.readings.value?.alignment?.faces ?? null;
  return (
    <div class="measures">
      <OutsideHull app={app} />
      <AlignmentHistogram app={app} name="edges" explain="the edges xᵢ&nbsp;−&nbsp;xⱼ" />
      <LossCurve app={app} />
      {faces !== null && <AlignmentHistogram app={app} name="faces" explain="the normals of the faces" />}
    </div>
  );
}

export const images: Scene = {
  title: 'Images',
  layers: [],
  load: loadDigits,
  async prepare(engine) {
    const idx = await loadDigits();
    engine.addImages(DIGITS_NAME, idx);
    digits.value = idx;
  },
  check({ images: indices }) {
    const message = complaint(indices);
    if (message !== '') throw Object.assign(new Error(message), { where: 'data.images' });
  },
  request: (app) => ({ points: picturesOf(app)?.noisy, comparison: true, alignment: true }),
  Figure: ImagesFigure,
  Measures,
  frameHeight: ({ images: picked }) => frameHeight(picked.length),
  file: picturesFile,
  Caption: ({ app }) => (
    <>
      Each column is one clean image x and one noisy y that the network was not trained on, through each denoiser; the network is
      trained in {app.state.value.subspace ? `the ${app.description.value?.affineDimension ?? ''} dimensions of the images’ hull` : `all ${DIGITS_PIXELS} dimensions`}
      {app.state.value.noise === 'fresh' ? ', on new noise at every step' : ''}. {resultSentence(app)} {distanceSentence(app)}
    </>
  ),
  DataControls: ({ app }) => <Picker app={app} />,
  ViewControls: ({ app }) => (
    <NumberField
      app={app}
      name="held-out"
      label="Shown noise"
      explain="Seed of the noise on the images that are shown; the network is never trained on it."
      value={app.state.value.heldOut}
      range={[1, 100]}
      whole
      change={(heldOut) => {
        if (Number.isInteger(heldOut) && heldOut >= 0 && heldOut < 1e9) app.update({ heldOut });
      }}
    />
  ),
};
