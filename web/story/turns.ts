// In which of its ways a chapter's text speaks (chapters.ts, `turns`), by what its figure shows.
import { whyNone } from '../store/reference';
import type { State } from '../store/state';
import type { Chapter, Said } from './chapters';
import type { Shown } from './numbers';
import { partsOf } from './parts';
import { stillNumbers } from './stills';

/** The three ways to train that the chapter on regularisation compares. */
export const ways = [
  { name: 'free', text: 'No price on weights', method: 'weight-decay', lambda: 0 },
  { name: 'decay', text: 'Weight decay, λ = 0.0001', method: 'weight-decay', lambda: 1e-4 },
  { name: 'lagrangian', text: 'Augmented Lagrangian', method: 'augmented-lagrangian', lambda: 1e-4 },
] as const;

export const wayOf = ({ method, lambda }: State): string | undefined =>
  ways.find((way) => way.method === method && (way.method !== 'weight-decay' || way.lambda === lambda))?.name;

const turns: Record<string, ((app: Shown) => string) | undefined> = {
  'any-points': ({ description: { value: description } }) => {
    if (description === null || description.searching) return '';
    if (description.reference === null) return whyNone(description) === null ? 'unknown' : 'none';
    return description.reference.optimal ? '' : 'near';
  },
  question: (app) => (app.readings.value?.comparison ? '' : 'unmeasured'),
  regularisation: (app) => wayOf(app.state.value) ?? '',
};

/** The name of the way; one that the chapter has no other words for is that of its own state. */
export const turnOf = (app: Shown, chapter: string): string => turns[chapter]?.(app) ?? '';

/** What the chapter says there. */
export function saidIn(chapter: Chapter, turn: string): Said {
  const { paragraphs, ...others } = chapter.turns?.[turn] ?? {};
  return { ...chapter, ...others, paragraphs: chapter.paragraphs.map((text, i) => paragraphs?.[i] ?? text) };
}

/** The longest of the texts that may stand in one place, for which room is kept; '' where there is but one. */
export function longest(chapter: Chapter, text: (said: Said) => string): string {
  if (chapter.turns === undefined) return '';
  const plain = (written: string) =>
    partsOf(written).map((part) => (part.kind === 'number' ? (stillNumbers[chapter.id]?.[part.text] ?? '–') : part.text)).join('');
  const all = ['', ...Object.keys(chapter.turns)].map((turn) => plain(text(saidIn(chapter, turn))));
  return all.reduce((a, b) => (b.length > a.length ? b : a));
}
