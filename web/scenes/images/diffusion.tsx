// A diffusion model of the picked images: noise that becomes pictures level by level, and where the
// pictures end. Loaded when it is opened.
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { DenoiseError, Description, Experiment } from '../../denoise';
import { nice } from '../../drawing/svg';
import type { Followed } from '../../engine/flows';
import type { EndClass, FlowSettings } from '../../minimum_cost';
import { leastOfModel, modelSchedule, type DiffusionModel } from '../../store/diffusion_model';
import { referenceName } from '../../store/reference';
import { sentence } from '../../store/refusals';
import type { Signals } from '../../store/signals';
import { TrainModel } from '../../ui/train_model';
import { useUniqueId } from '../../ui/unique';
import { digitName, digitNumber } from './digits';
import { hullOf, type Hull } from './hull';
import { Pictures } from './grid';

const particles = 200;
const shownFilms = 5;
const shownLevels = 7;
const levels = 12; // of the sampler: a denoiser of its own for each
/** Where samples start: the first of these parts of the greatest radius, at which noise balls touch, at
 *  which there is a denoiser. */
const starts = [0.9, 0.75, 0.6, 0.45, 0.3];

const classes: readonly (readonly [EndClass, string, string])[] = [
  ['training-point', 'training image', 'memorised: one of the picked images'],
  ['virtual-point', 'sum of images', 'the base image plus the differences of two or more others: overlaid digits'],
  ['boundary', 'boundary', 'on a face of the body that the images span: a shade of some of them'],
  ['inside', 'inside', 'within that body'],
  ['outside', 'outside', 'beyond it: images and differences of others, which no sentence here names'],
];

type Which = 'least' | 'empirical-mmse' | 'trained';

interface Film {
  frames: Float64Array; // 784 x shownLevels, from noise to the end
  end: string; // what it is, in words
  nearest: number; // of the picked images
  distance: number;
}

interface Shown {
  films: Film[];
  followed: Followed;
  hull: Hull;
  clean: Float64Array;
  indices: readonly number[];
  times: number[]; // sigma of the films' columns
  sigma: number;
}

/** What stands for the least cost of these images; null: nothing does. */
function leastOf({ reference, ramps }: Description): FlowSettings['denoiser'] | null {
  const kind = reference?.kind ?? (ramps?.kind === 'split-ramp' ? 'split-ramp' : null);
  return kind as FlowSettings['denoiser'] | null;
}

const column = (values: Float64Array, n: number, rows: number) => values.subarray(n * rows, (n + 1) * rows);
const apart = (a: Float64Array, b: Float64Array) => Math.hypot(...a.map((v, i) => v - b[i]!));

/** In words: "image 2 (a 0)", "0 + 3: a sum", "boundary". */
function wordsOf(followed: Followed, particle: number, y: Float64Array, threshold: number, call: (n: number) => string, nearest: number): string {
  const kind = followed.result.classes[followed.result.ends[particle]!]!.name;
  if (kind === 'training-point') return `training image: ${call(nearest)}`;
  if (kind !== 'virtual-point') return classes.find(([name]) => name === kind)![1];
  const sum = followed.result.virtual.find(({ point }) => apart(y, Float64Array.from(point)) <= 1.001 * threshold);
  return sum === undefined ? 'sum of images' : `sum of ${[followed.result.base, ...sum.members].map(call).join(', ')}`;
}

function shownOf(followed: Followed, hull: Hull, clean: Float64Array, indices: readonly number[], sigma: number, threshold: number): Shown {
  const d = hull.dimension;
  const at = Array.from({ length: shownLevels }, (_, k) => Math.round((k * (followed.frames - 1)) / (shownLevels - 1)));
  const call = (n: number) => `${digitName(indices[n]!)} (no. ${digitNumber(indices[n]!)})`;
  const films = Array.from({ length: Math.min(shownFilms, followed.particles) }, (_, p): Film => {
    const places = at.map((frame) => column(followed.paths, frame * followed.particles + p, d));
    const end = places.at(-1)!;
    const distances = indices.map((_, n) => apart(end, column(hull.points, n, d)));
    const nearest = distances.indexOf(Math.min(...distances));
    return {
      frames: hull.picture(Float64Array.from(places.flatMap((place) => [...place]))),
      end: wordsOf(followed, p, end, threshold, call, nearest),
      nearest,
      distance: distances[nearest]!,
    };
  });
  return { films, followed, hull, clean, indices, times: at.map((frame) => followed.result.times[frame]!), sigma };
}

function Films({ shown }: { shown: Shown }) {
  const every = Array.from({ length: shownLevels }, (_, k) => k);
  return (
    <div class="table-place films" tabIndex={0} role="region" aria-label="Samples through the noise levels">
      <table data-testid="films">
        <caption>Each row is one sample, from noise on the left to its end, then the picked image that is nearest to it.</caption>
        <thead>
          <tr>
            {shown.times.map((sigma, k) => (
              <th key={k} scope="col">
                σ {nice(sigma)}
              </th>
            ))}
            <th scope="col">nearest</th>
            <th scope="col">ends as</th>
          </tr>
        </thead>
        <tbody>
          {shown.films.map((film, p) => (
            <tr key={p}>
              <td colSpan={shownLevels}>
                <Pictures values={film.frames} shown={every} label={`Sample ${p + 1} at ${shownLevels} noise levels; it ends as ${film.end}`} />
              </td>
              <td>
                <Pictures values={shown.clean} shown={[film.nearest]} label={`Its nearest picked image, at distance ${nice(film.distance)}`} />
                <small>|·| {nice(film.distance)}</small>
              </td>
              <td>{film.end}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const percent = (share: number) => `${Math.round(100 * share)} %`;

function Census({ followed: { result, particles: count } }: { followed: Followed }) {
  const { memorised } = result;
  return (
    <table class="ends" data-testid="digits-ends">
      <caption>Where {count} samples end, with 95 % intervals</caption>
      <tbody>
        {classes.map(([name, title, meaning]) => {
          const row = result.classes.find((each) => each.name === name)!;
          return (
            <tr key={name}>
              <th scope="row">
                {title} <small>{meaning}</small>
              </th>
              <td data-testid={`digits-end-${name}`} data-value={row.count}>
                {row.count}
              </td>
              <td>
                {percent(row.value)} ({percent(row.low)} to {percent(row.high)})
              </td>
            </tr>
          );
        })}
        <tr>
          <th scope="row">
            nearest far nearer than the second <small>a ratio of distances below 1/3</small>
          </th>
          <td />
          <td>
            {percent(memorised.value)} ({percent(memorised.low)} to {percent(memorised.high)})
          </td>
        </tr>
      </tbody>
    </table>
  );
}

type Store = Pick<Signals, 'state' | 'engine' | 'description' | 'configuration'>;

/** The experiment in the images' hull, where a network of least cost has all that it does. */
function inHull({ experiment }: Description, { points, dimension }: Hull): Experiment {
  const { subspace: _hull, ...training } = experiment.training ?? {};
  const columns = Array.from({ length: points.length / dimension }, (_, n) => [...column(points, n, dimension)]);
  return { ...experiment, data: { points: columns }, training };
}

/** Opened, it follows samples of the denoisers of the picked images. */
export function Diffusion({ store, model }: { store: Store; model: DiffusionModel }) {
  const [chosen, setChosen] = useState<Which>('least');
  const [seed, setSeed] = useState(1);
  const [shown, setShown] = useState<Shown | null>(null);
  const [said, setSaid] = useState('');
  const [busy, setBusy] = useState(true);
  const choice = useUniqueId('digits-flow-of');
  const configuration = store.configuration.value;
  const description = store.description.value;
  const searching = description?.searching;
  const [hull, experiment] = useMemo(() => {
    if (description === null) return [null, null];
    const own = hullOf(store.engine.peek()!.cleanPoints());
    return [own, inHull(description, own)];
  }, [configuration, description === null]);
  const trained = experiment === null ? null : model.of(experiment, 1);
  const which = chosen === 'trained' && trained === null ? 'least' : chosen;
  useEffect(() => {
    if (description === null || searching) return;
    let wanted = true;
    const denoiser = which === 'least' ? leastOf(description) : which;
    setBusy(true);
    if (denoiser === null) {
      setShown(null);
      setSaid(`No denoiser of least cost is known for these images: ${sentence(description.reason)}`);
      setBusy(false);
      return;
    }
    const engine = store.engine.peek()!;
    const clean = engine.cleanPoints();
    const indices = store.state.peek().images;
    const threshold = 0.01 * description.diameter;
    const networks = which === 'trained' ? `[${trained!.networks.join()}]` : '[]';
    const sampling = which === 'trained' ? modelSchedule : { steps: levels };
    const followFrom = async (sigma: number) => {
      const least = (which === 'trained' ? leastOfModel : 0.01) * sigma;
      const settings: FlowSettings = { kind: 'probability', denoiser, alpha: 1, sigma, least, ...sampling, particles, frames: 61, seed, threshold };
      const followed = await engine.flowApart(hull!.points, hull!.dimension, settings, networks);
      if (wanted && followed !== null) setShown(shownOf(followed, hull!, clean, indices, sigma, threshold));
    };
    const work = async () => {
      let refused = '';
      const from = which === 'trained' ? [trained!.sigma] : starts.map((part) => Number((part * description.greatest_radius).toPrecision(3)));
      for (const sigma of from) {
        try {
          await followFrom(sigma);
          refused = '';
          break;
        } catch (error) {
          refused = (error as DenoiseError).message;
          if (!wanted || (error as DenoiseError).where !== 'flow.denoiser') break;
        }
      }
      if (!wanted) return;
      if (refused !== '') setShown(null);
      setSaid(refused === '' ? '' : sentence(refused));
      setBusy(false);
    };
    void work();
    return () => void (wanted = false);
  }, [which, which === 'trained' ? trained : null, seed, configuration, searching]);
  const train = async () => {
    const of = store.configuration.peek();
    const done = await model.train(store.engine.peek()!, experiment!, shown!.sigma, 1);
    if (done && store.configuration.peek() === of) setChosen('trained');
  };
  const names: Record<Which, string> = {
    least: description === null ? 'least cost' : referenceName(description),
    'empirical-mmse': 'empirical MMSE',
    trained: 'trained',
  };
  const through = {
    least: `${names.least} of each level`,
    'empirical-mmse': 'empirical MMSE denoiser of each level, which stands for a model without regularisation',
    trained: 'network that was trained for each level, in the images’ hull',
  };
  return (
    <div class="diffusion">
      <p class="asked">
        <label for={choice}>Denoiser at each of {levels} noise levels</label>
        <select id={choice} data-testid="digits-flow-of" value={which} onChange={(event) => setChosen(event.currentTarget.value as Which)}>
          {(Object.keys(names) as Which[])
            .filter((name) => name !== 'trained' || trained !== null)
            .map((name) => (
              <option key={name} value={name}>
                {names[name]}
              </option>
            ))}
        </select>
        <button type="button" data-testid="digits-flow-noise" onClick={() => setSeed(seed + 1)}>
          Other noise
        </button>
      </p>
      <TrainModel model={model} there={trained !== null} disabled={busy || shown === null} train={train} />
      <p data-testid="digits-flow-said" aria-live="polite" aria-busy={busy}>
        {busy ? 'Making the denoisers, and following the samples …' : said || `Noise of level σ = ${nice(shown!.sigma)} flows down to none, through the ${through[which]}.`}
      </p>
      {shown !== null && (
        <div class={busy ? 'stale' : ''}>
          <Films shown={shown} />
          <Census followed={shown.followed} />
          <p class="leaves">Not shown: noise off the images’ hull, which every denoiser here removes at its first step; {particles - shownFilms} of the {particles} samples.</p>
        </div>
      )}
    </div>
  );
}
