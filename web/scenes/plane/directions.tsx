// Along which directions the neurons lie: the roses of their weights, and the mean alignment.
import { Figure } from '../../drawing/figure';
import { grouped } from '../../drawing/svg';
import { referenceName } from '../../store/reference';
import { seldom } from '../../store/seldom';
import type { Signals } from '../../store/signals';
import { directionsOf, type PlaneData, type Reference } from './of_data';
import { drawRose, mostReferences, type Direction, type RoseInputs } from './rose';

const called = ({ name }: Reference): string => (name === 'faces' ? 'face normals' : name);

interface Props {
  store: Pick<Signals, 'readings' | 'snapshot' | 'description' | 'dragging' | 'pace'>;
  data: () => PlaneData | null;
}

const notYet: Reference = { name: 'edges', directions: [] };

/** The neurons' mean of the greatest |cos| with one of the directions, weighted by their mass: as the
 *  library's, of any recorded moment too. */
export function meanCosine(neurons: Direction[], directions: number[][]): number {
  let sum = 0;
  let total = 0;
  for (const { x, y, mass } of neurons) {
    const length = Math.hypot(x, y);
    if (!(mass > 0) || !(length > 0)) continue;
    sum += (mass * Math.max(...directions.map(([u, v]) => Math.abs(x * u! + y * v!) / Math.hypot(u!, v!)))) / length;
    total += mass;
  }
  return sum / total;
}

const angle = (cosine: number): string => `${cosine.toFixed(3)} (${((180 / Math.PI) * Math.acos(Math.min(1, cosine))).toFixed(1)}°)`;

export function Alignment({ store, data }: Props) {
  const { neurons, alignment } = store.readings.value ?? {};
  const reference = seldom(store, () => data()?.reference ?? notYet);
  const chance = alignment?.[reference.name]?.input.null_mean; // the same for every network
  const [w, a] = [meanCosine(directionsOf(neurons, 0), reference.directions), meanCosine(directionsOf(neurons, 3), reference.directions)];
  return (
    <p class="numbers" data-testid="alignment" data-value={Number.isFinite(w) && chance !== undefined ? w : ''}>
      Mean |cos| with the {called(reference)}:{' '}
      {chance === undefined || !Number.isFinite(w) ? '–' : `w ${angle(w)}, a ${angle(a)}; by chance ${angle(chance)}`}
    </p>
  );
}

export function Roses({ store, data }: Props) {
  const { description, reference } = seldom(store, () => ({ description: store.description.value, reference: data()?.reference ?? notYet }));
  const ramps = description?.reference !== null || description.ramps !== null;
  const rose = (title: string, offset: 0 | 3) => (
    <Figure
      class="rose-figure"
      label={`Mass of the neurons by the direction of their ${title}`}
      inputs={() =>
        seldom(store, (): RoseInputs | null => {
          const now = data();
          if (now === null) return null;
          return {
            title,
            trained: directionsOf(store.snapshot.value?.neurons, offset),
            closed: directionsOf(now.neurons, offset),
            reference: now.reference.directions,
          };
        })
      }
      draw={drawRose}
    />
  );
  return (
    <figure class="small roses">
      <div class="pair">
        {rose('input weights w', 0)}
        {rose('output weights a', 3)}
      </div>
      <figcaption>
        Neurons’ mass by direction: <b class="trained">trained</b>,{' '}
        {ramps && <b class="closed-form">{referenceName(description)}</b>}
        {ramps && ', '}
        <b class="theory">{called(reference)}</b>
        {reference.directions.length > mostReferences && ` (not drawn: ${grouped(reference.directions.length)}, more than ${mostReferences})`}.{' '}
      </figcaption>
    </figure>
  );
}
