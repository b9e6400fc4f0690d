// Noisy y that a reader has pinned, as a link holds them.
import { place, type Codec } from '../../store/codecs';
import type { OwnKey } from '../../store/scene';

export interface Pin {
  name: string;
  at: number[];
}
declare module '../../store/state' {
  interface State {
    pins: Pin[];
  }
}

export const mostPins = 8;
export const longestName = 16; // letters

/** A name as a link can hold it: without what sets pins apart, and what does not print. */
export const nameOf = (text: string): string => [...text.replace(/[;@\p{C}]/gu, '').trim()].slice(0, longestName).join('');

const numbers = place('');
function readPin(text: string): Pin | undefined {
  const [name = '', ...rest] = text.split('@');
  const at = numbers.read(rest.join('@'));
  return at !== undefined && name !== '' && nameOf(name) === name ? { name, at } : undefined;
}

/** "A@0.3,0.4;B@1,2" */
const pins: Codec<Pin[]> = {
  key: 'pins',
  read(text) {
    const read = text.split(';').filter((pin) => pin !== '').map(readPin);
    return read.length <= mostPins && read.every((pin) => pin !== undefined) ? read : undefined;
  },
  write: (value) => value.map(({ name, at }) => `${name}@${at.join()}`).join(';'),
};
export const pinKeys: { readonly pins: OwnKey<Pin[]> } = { pins: { ...pins, initial: [], view: true } };
