// The state of an experiment document that a reader opens.
import type { Description } from '../../denoise';
import { hashOf } from '../document';
import type { Links } from '../link';
import type { State } from '../state';

const ofThePage = ['version', 'data', 'noise', 'denoiser', 'training', 'report']; // a report is what the command prints

export interface Opened {
  state: State;
  left: string[]; // keys of the document that the page has no place for
}

/** @param described what the library makes of the document @param text the document @param set the images that the page has
 *  @param pointsOf the clean points of a preset @param view keys of a link that the document has not */
export function stateOfExperiment({ experiment }: Description, text: string, set: string, links: Links, pointsOf: (preset: string) => number[][] | undefined, view: string): Opened {
  const { images } = experiment.data;
  if (images !== undefined) {
    const { set: wanted, centre, scale } = images;
    if (wanted !== set) throw new Error(`The document’s images are of the set “${wanted}”; the page has “${set}”.`);
    if (centre || (scale !== undefined && scale !== 1)) throw new Error('The document centres or scales its images, which the command does; the page shows them as they are.');
  }
  const { state, notes } = links.readHash(hashOf(experiment, pointsOf, view));
  if (notes.length > 0) throw new Error(notes[0]);
  const left = Object.keys(JSON.parse(text) as object).filter((key) => !ofThePage.includes(key));
  if (experiment.denoiser?.kind === 'network') left.push('network');
  return { state, left };
}
