// A state that a stranger's link or file asks for, as far as the library takes it.
import type { Description, Experiment } from '../denoise';
import { experimentOf } from './experiment';
import type { Links } from './link';
import type { State } from './state';

export interface Refused {
  where: string;
  message: string;
}

/** What a store does with a state. */
export interface Taking {
  /** Shows it, or says why not. */
  accept(state: State): Refused | null;
  /** What its experiment is with this training; @throws DenoiseError */
  check(state: State, training: Experiment['training']): Description;
}

/** The state with the method of training that the library chooses where a document names none; null where
 *  that is the state's own, or where more is refused than its noise by its method. */
export function withChosenMethod(state: State, where: string, { check }: Pick<Taking, 'check'>): State | null {
  if (!where.startsWith('noise') || state.method !== 'augmented-lagrangian') return null;
  const { training } = experimentOf(state, {});
  const free = { ...training, method: undefined, weight_decay: undefined };
  try {
    const { method, weight_decay } = check(state, free).experiment.training!;
    return method === 'weight-decay' ? { ...state, method, lambda: weight_decay! } : null;
  } catch {
    return null;
  }
}

/** Shows what a link asks for. What is refused falls back.
 *  @param named whether the link names a method of training @returns a sentence for each part that did */
export function takeLink(wanted: State, named: boolean, links: Pick<Links, 'defaults' | 'ownData'>, taking: Taking): string[] {
  const notes: string[] = [];
  let state = wanted;
  // Each round replaces the part that was refused, so the number of parts bounds the rounds.
  for (let round = 0; round < 5; ++round) {
    const refusal = taking.accept(state);
    if (refusal === null) break;
    const { where, message } = refusal;
    const trainable = withChosenMethod(state, where, taking);
    if (trainable !== null) {
      if (named) notes.push(`From the link: ${message} Weight decay is chosen.`);
      state = trainable;
      continue;
    }
    const fallback = links.defaults[state.scene]!;
    const { points, preset, noise, radius, level, samples, noiseSeed } = fallback;
    const ownData = Object.fromEntries(links.ownData.map((key) => [key, fallback[key]]));
    const { method, lambda, rate, width, steps, seed } = fallback;
    if (where.startsWith('noise')) state = { ...state, noise, radius, level, samples, noiseSeed };
    else if (where.startsWith('training')) state = { ...state, method, lambda, rate, width, steps, seed };
    else state = { ...state, points, preset, ...ownData };
    if (round === 3) state = { ...fallback, embed: state.embed };
    const note = `From the link: ${message} The default is shown instead.`;
    if (!notes.includes(note)) notes.push(note);
  }
  return notes;
}
