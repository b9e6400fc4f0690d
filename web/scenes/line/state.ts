// The line as far as a link and an experiment go.
import { number, type Codec } from '../../store/codecs';
import type { SceneState } from '../../store/scene';
import { pinKeys } from '../points/pins';
import { dataOf } from '../points/state';

declare module '../../store/state' {
  interface State {
    risk: number | null; // the noise level at which risks are told; null: they are not shown
  }
}

const level = number('risk');
const risk = { ...level, read: (text: string) => (level.read(text)! > 0 ? level.read(text) : undefined) } as Codec<number | null>;

export const lineState: SceneState = {
  title: 'Line',
  dimension: 1,
  layers: ['closed-form', 'trained', 'empirical-mmse', 'knots', 'rug', 'cobweb'],
  keys: { ...pinKeys, risk: { ...risk, initial: null, view: true } },
  start: { preset: 'line-3', layers: ['closed-form', 'trained', 'empirical-mmse', 'rug', 'knots'] },
  data: dataOf,
};
