// The one number: how near the trained network has come, or why it cannot.
import { percent, percentAtMost } from '../drawing/svg';
import { whyNone } from '../store/reference';
import { seldom } from '../store/seldom';
import type { Signals } from '../store/signals';
import { stepOf } from './sentences';
import { Tip } from './tip';
import { useUniqueId } from './unique';

type Store = Pick<Signals, 'readings' | 'description' | 'optimality' | 'recording' | 'failed' | 'dragging' | 'pace'>;

interface Words {
  big: string;
  of: string;
  more: string;
}

/** Why the two cannot meet, by the field of the experiment that keeps them apart. */
const apart: Record<string, string> = {
  'training.width': 'this width may not reach it',
  'training.learning_rate': 'so high a rate may end anywhere',
  'noise.fresh': 'no network fits fresh noise',
  'noise.samples': 'these samples allow others',
  'noise.level': 'Gaussian noise has no edge',
  'noise.radius': 'such near balls allow others',
  'training.steps': 'such small balls need more steps',
};

const functions = { theorem: 'the theorem’s function', conjecture: 'the conjectured function', derived: 'the derived function', certified: 'the certified function' };

function wordsOf(store: Store): Words {
  const description = store.description.value;
  const readings = store.readings.value;
  const nothing = { big: '–', of: '', more: '' };
  if (description === null) return nothing;
  if (description.searching) return { ...nothing, of: 'the least cost is being sought' };
  const form = description.reference;
  const gap = readings !== null && !readings.recorded && readings.status.rest !== '' ? (store.optimality.value?.gap ?? null) : null;
  const above = gap === null ? null : `≤ ${percentAtMost(gap).replace('< ', '')}`;
  if (form === null) {
    if (above !== null) return { big: above, of: 'above the samples’ certified least', more: 'no theorem here' };
    const none = whyNone(description) !== null;
    return { big: none ? 'No match' : 'No theorem', of: none ? 'no finite network is exact here' : 'the least cost is not known', more: '' };
  }
  const relative = readings?.comparison?.sup_relative;
  const known = relative !== undefined && Number.isFinite(relative);
  if (form.mark === 'certified' && above !== null && known) return { big: above, of: 'above the samples’ certified least', more: `${percent(relative)} from its function` };
  const [premise] = description.premises;
  return { big: known ? percent(relative) : '–', of: `from ${functions[form.mark]}`, more: premise === undefined ? '' : (apart[premise.where] ?? '') };
}

export function Headline({ store }: { store: Store }) {
  const tip = useUniqueId('headline');
  const { big, of, more } = seldom(store, () => wordsOf(store));
  const step = store.readings.value?.status.step ?? 0;
  const relative = store.readings.value?.comparison?.sup_relative;
  const moment = store.recording.at.value === null ? more : stepOf(step, store.recording);
  return (
    <div class="headline tipped" role="group" tabIndex={0} aria-label="How near it has come" aria-describedby={tip} data-testid="headline">
      <strong data-testid="sup-relative" data-value={relative ?? ''}>
        {big}
      </strong>
      <span>{of}</span>
      <span data-testid="at">{moment}</span>
      <Tip id={tip}>
        Greatest difference |h − h*| from the denoiser it is compared with, over a grid around the data, as a part of the greatest distance between two clean points; or, where
        no theorem gives that denoiser, a proved bound of how far its cost is above the least of any network for these samples.
      </Tip>
    </div>
  );
}
