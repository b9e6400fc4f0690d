// Which images may be picked together, and ready choices of them.
import { DIGITS_COUNT, DIGITS_PER_CLASS } from './idx';
import readyChoices from './choices.json';

export const fewest = 3;
export const mostImages = 20;

export interface Choice {
  name: string;
  title: string;
  indices: readonly number[];
}

export const choices: readonly Choice[] = readyChoices;

export const sameImages = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((index, i) => index === b[i]);

/** What is wrong with these picks, or ''. */
export function complaint(indices: readonly number[]): string {
  if (indices.length < fewest || indices.length > mostImages) {
    return `Pick ${fewest} to ${mostImages} images; this would make ${indices.length}.`;
  }
  const odd = indices.find((index) => !Number.isInteger(index) || index < 0 || index >= DIGITS_COUNT + DIGITS_PER_CLASS);
  return odd === undefined ? '' : `There is no image ${odd}: they are numbered 0 to ${DIGITS_COUNT - 1}, and your own from ${DIGITS_COUNT} on.`;
}
