// Along which directions the neurons lie: the roses of their weights, and the mean alignment.
import { Figure } from '../../drawing/figure';
import { referenceName } from '../../store/reference';
import type { Signals } from '../../store/signals';
import { directionsOf, type PlaneData, type Reference } from './of_data';
import { drawRose, mostReferences, type RoseInputs } from './rose';

const called = ({ name }: Reference): string => (name === 'faces' ? 'face normals' : name);

interface AlignmentProps {
  store: Pick<Signals, 'readings'>;
  reference: Reference;
}

export function Alignment({ store, reference }: AlignmentProps) {
  const statistics = store.readings.value?.alignment?.[reference.name];
  return (
    <p class="numbers" data-testid="alignment" data-value={statistics?.input.mean ?? ''}>
      Mean |cos| with the {called(reference)}:{' '}
      {statistics ? `${statistics.input.mean.toFixed(3)} (w), ${statistics.output.mean.toFixed(3)} (a); by chance ${statistics.input.null_mean.toFixed(3)}` : '–'}
    </p>
  );
}

interface RosesProps {
  store: Pick<Signals, 'snapshot' | 'description'>;
  data: () => PlaneData | null;
  reference: Reference;
}

export function Roses({ store, data, reference }: RosesProps) {
  const known = store.description.value?.reference !== null;
  const ramps = known || store.description.value?.vertex_ramp !== null;
  const rose = (title: string, offset: 0 | 3) => (
    <Figure
      class="rose-figure"
      label={`Mass of the neurons by the direction of their ${title}`}
      inputs={(): RoseInputs | null => {
        const now = data();
        if (now === null) return null;
        return {
          title,
          trained: directionsOf(store.snapshot.value?.neurons, offset),
          closed: directionsOf(now.neurons, offset),
          reference: now.reference.directions,
        };
      }}
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
        Mass of the neurons by direction, <b class="trained">trained</b>,{' '}
        {ramps && <b class="closed-form">{referenceName(store.description.value)}</b>}
        {ramps && ', '}and the{' '}
        <b class="theory">{called(reference)}</b>
        {reference.directions.length > mostReferences && ` (not drawn: ${reference.directions.length.toLocaleString('en')}, more than ${mostReferences})`}.{' '}
      </figcaption>
    </figure>
  );
}
