// The words around a figure: which result it rests on, and how far the picture is from it.
import type { Description, Form, TrainingStatus } from '../denoise';
import { grouped, nice, percent, percentAtMost, stepCount } from '../drawing/svg';
import type { Optimality } from '../minimum_cost';
import type { Recording } from '../store/recording';
import { sentence } from '../store/refusals';
import { referenceName, whyNone } from '../store/reference';
import type { Signals } from '../store/signals';

/** "theorem, Zeno et al. 2023", or without whose it is. */
export const evidence = (store: Pick<Signals, 'state'>, { mark, source }: Form): string => (store.state.value.anonymous ? mark : `${mark}, ${source}`);

/** "Equilateral triangle: ramps along the normals of the faces · theorem, Zeno et al. 2023" */
export function badge(store: Pick<Signals, 'description' | 'failed' | 'state'>): { known: boolean; title: string; detail: string } {
  const description = store.description.value;
  if (description === null) {
    return store.failed.value
      ? { known: false, title: 'Nothing is computed', detail: 'The library could not be loaded.' }
      : { known: false, title: 'Loading', detail: 'The library is being loaded.' };
  }
  if (description.searching === 'minimum-cost') return { known: false, title: 'Seeking the least cost', detail: 'A denoiser and a bound that proves it.' };
  const form = description.reference;
  if (form !== null) {
    return { known: true, title: sentence(form.statement).replace(/\.$/, ''), detail: `${evidence(store, form)}${form.of_samples ? ', for these samples' : ''}` };
  }
  const why = whyNone(description);
  if (why !== null) return { known: false, title: 'No finite network denoises these balls exactly', detail: sentence(why) };
  // The title says the first half of the library's sentence.
  const reason = description.reason.replace(/^no closed form is known[^:]*: /i, '');
  return { known: false, title: 'No closed form is known for these points', detail: sentence(reason) };
}

/** How much more a form costs than the least. */
function dearer(cost: number, least: number): string {
  const more = cost / least - 1;
  return more < 1e-9 ? 'as little, to a billionth' : `${percent(more)} more than the least`;
}

export function resultSentence(store: Pick<Signals, 'description' | 'state'>): string {
  const description = store.description.value;
  if (description === null) return '';
  if (description.searching) return '';
  const form = description.reference;
  if (form === null) {
    const { ramps } = description;
    if (whyNone(description) !== null) return 'No network of finitely many neurons is constant on each of these balls, so there is no least cost; training fits their samples all the same.';
    if (ramps?.lower_bound !== undefined) {
      return `Split ramps, one for each pair of sets of points that are apart, send every noise ball to its point at cost ${nice(ramps.cost)} (derived); none of their kind cost less than ${nice(ramps.lower_bound)} (certified). Training may find less: the least cost is not known.`;
    }
    return ramps
      ? `Vertex ramps send every noise ball to its point at cost ${nice(ramps.cost)}; training may find less, and the least cost is not known in closed form.`
      : 'What the least cost is here is not known in closed form.';
  }
  if (form.kind === 'minimum-cost') {
    const known = description.closed_form;
    const formula = known ? `The closed form of these points costs ${dearer(known.cost, form.cost)}.` : 'No closed form is known for these points.';
    const proved = form.optimal ? 'no finite network which fits every noise ball costs less' : form.statement;
    return [`${formula} The minimum-cost denoiser that is shown was computed, and a dual bound proves of it: ${proved} (certified).`, ...premises(store)].join(' ');
  }
  const what = form.optimal
    ? 'The closed form is the denoiser of least cost for these points'
    : `The closed form fits every ${form.of_samples ? 'sample' : 'noise ball'} at cost ${nice(form.cost)}; that none costs less is not known`;
  return [`${what} (${evidence(store, form)}).`, ...premises(store)].join(' ');
}

/** What is compared with what, where training poses another problem than the closed form's. */
const premises = (store: Pick<Signals, 'description'>): string[] => (store.description.value?.premises ?? []).slice(0, 2).map(({ message }) => message);

/** Why training rests, and what may help. */
function restSentence({ rest, reason }: TrainingStatus): string {
  const said: Record<TrainingStatus['rest'], string> = {
    '': '',
    converged: ' Training rests: it has converged.',
    unconverged: ` Training rests at its schedule’s end without having converged. ${reason}`,
    diverged: ` Training diverged. ${reason}`,
  };
  return said[rest];
}

/** What is proved of the network at rest. */
function optimalitySentence(found: Optimality | null, description: Description): string {
  if (found === null || found.gap === null) return description.refits ? ' Its output weights are as gradients left them: the refit that ends training with weight decay runs in a worker of its own.' : '';
  if (description.refits) return ` Its output weights were fitted anew: its objective is within ${percentAtMost(found.gap)} of the least of any width for these samples (certified).`;
  return ` For its samples, and counting what it leaves unfitted, it is within ${percentAtMost(found.gap)} of the best network of any width (certified).`;
}

/** "step 23 of 2,300 so far": of how many the run will have is known at its end. */
export function stepOf(step: number, { last, ended }: Pick<Recording, 'last' | 'ended'>): string {
  if (last.value === 0 || step > last.value) return `step ${grouped(step)}`; // before the record, or ahead of it
  return `step ${grouped(step)} of ${grouped(last.value)}${ended.value ? '' : ' so far'}`;
}

/** Of the network before its first step. */
function initialSentence({ next, recording }: Pick<Signals, 'next' | 'recording'>): string {
  if (next.value === 'pause') return 'Training has begun; what is shown is still the network at its initial weights.';
  if (recording.at.value !== null) return 'What is shown is the network at its initial weights.';
  return 'The network is at its initial weights: press Train.';
}

export function distanceSentence(store: Pick<Signals, 'readings' | 'description' | 'optimality' | 'next' | 'recording'>): string {
  const snapshot = store.readings.value;
  if (snapshot === null || store.description.value === null) return '';
  const steps = stepCount(snapshot.status.step);
  if (snapshot.status.step === 0) return initialSentence(store);
  const resting = snapshot.status.rest !== '';
  const rest = restSentence(snapshot.status) + (resting ? optimalitySentence(store.optimality.value, store.description.value) : '');
  if (!snapshot.comparison) return `The network has trained for ${steps}.${rest}`;
  const distance = percent(snapshot.comparison.sup_relative);
  const bound = distance.startsWith('< ') ? distance.replace('< ', 'less than ') : `at most ${distance}`;
  return `After ${steps} the trained network differs from the ${referenceName(store.description.value)} by ${bound} of the diameter.${rest}`;
}
