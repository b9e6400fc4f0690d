// Which images may be picked together, and ready choices of them.
import { DIGITS_COUNT } from '../digits';

export const fewest = 3;
export const mostImages = 20;

export interface Choice {
  name: string;
  title: string;
  indices: readonly number[];
}

export const choices: readonly Choice[] = [
  { name: 'each', title: 'One of each digit', indices: [0, 100, 200, 300, 400, 500, 600, 700, 800, 900] },
  { name: 'pairs', title: 'Five close pairs', indices: [73, 76, 247, 256, 367, 368, 625, 635, 853, 858] },
  { name: 'acute', title: 'Three zeros: acute', indices: [0, 3, 39] },
  { name: 'obtuse', title: 'Three zeros: obtuse', indices: [0, 16, 23] },
  { name: 'threes', title: 'Eight threes', indices: [300, 301, 302, 303, 304, 305, 306, 307] },
];

export const sameImages = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((index, i) => index === b[i]);

/** What is wrong with these picks, or ''. */
export function complaint(indices: readonly number[]): string {
  if (indices.length < fewest || indices.length > mostImages) {
    return `Pick ${fewest} to ${mostImages} images; this would make ${indices.length}.`;
  }
  const odd = indices.find((index) => !Number.isInteger(index) || index < 0 || index >= DIGITS_COUNT);
  return odd === undefined ? '' : `There is no image ${odd}: they are numbered 0 to ${DIGITS_COUNT - 1}.`;
}
