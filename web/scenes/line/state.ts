// The line as far as a link and an experiment go.
import type { SceneState } from '../../store/scene';
import { dataOf } from '../points/state';

export const lineState: SceneState = {
  title: 'Line',
  dimension: 1,
  layers: ['closed-form', 'trained', 'empirical-mmse', 'knots', 'rug', 'cobweb'],
  start: { preset: 'line-3', layers: ['closed-form', 'trained', 'empirical-mmse', 'rug', 'knots'] },
  data: dataOf,
};
