// Maps as bands. Their code comes after the first figure.
import { contours } from 'd3-contour';
import { componentSteps, distanceSteps } from './figure';
import './bands.css';

/** Where a quantity on the grid is above each of these, in grid units, y downwards. */
function above(values: (node: number) => number, nodes: number, steps: readonly number[]): string[] {
  // The grid's second coordinate is fastest and grows upwards; the map's rows grow downwards.
  const rows = new Array<number>(nodes * nodes);
  for (let i = 0; i < nodes; ++i) {
    for (let j = 0; j < nodes; ++j) rows[(nodes - 1 - j) * nodes + i] = values(i * nodes + j);
  }
  const bands = contours().size([nodes, nodes]).smooth(true);
  // d3-contour puts the value of cell i at i + 0.5.
  return steps.map((step) =>
    bands
      .contour(rows, step)
      .coordinates.flatMap((polygon) => polygon.map((ring) => `M${ring.map(([px, py]) => `${(px! - 0.5).toFixed(2)},${(py! - 0.5).toFixed(2)}`).join('L')}Z`))
      .join(''),
  );
}

/** The map of distances. */
export const distanceBands = (distance: ArrayLike<number> | null, nodes: number, diameter: number): string[] =>
  distance === null ? [] : above((node) => distance[node]!, nodes, distanceSteps.map((step) => step * diameter));

/** The map of one of the two numbers of h, from -most to most. */
export const componentBands = (h: ArrayLike<number>, component: 0 | 1, nodes: number, most: number): string[] => above((node) => h[2 * node + component]!, nodes, componentSteps.map((step) => step * most));
