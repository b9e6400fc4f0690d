// Clean points as a part of the experiment: a preset, or the reader's own.
import type { ExperimentData } from '../../denoise';
import type { State } from '../../store/state';

export const dataOf = ({ preset, points }: State): ExperimentData => (preset !== '' ? { preset } : { points });

const most = 30; // points that are written out

/** The same in words. */
export function written({ preset, points }: State): string {
  if (preset !== '') return `preset ${preset}`;
  const some = points.slice(0, most).map((p) => `(${p.join(', ')})`).join(', ');
  return `${points.length} points ${some}${points.length > most ? ', and more in the address' : ''}`;
}
