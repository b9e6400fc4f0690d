// The map of distances as bands. Its code comes after the first figure.
import { contours } from 'd3-contour';
import { distanceSteps } from './figure';

/** The map's bands in grid units, y downwards. */
export function distanceBands(distance: ArrayLike<number> | null, nodes: number, diameter: number): string[] {
  if (distance === null) return [];
  // The grid's second coordinate is fastest and grows upwards; the map's rows grow downwards.
  const rows = new Array<number>(nodes * nodes);
  for (let i = 0; i < nodes; ++i) {
    for (let j = 0; j < nodes; ++j) rows[(nodes - 1 - j) * nodes + i] = distance[i * nodes + j]!;
  }
  const bands = contours().size([nodes, nodes]).smooth(true);
  // d3-contour puts the value of cell i at i + 0.5.
  return distanceSteps.map((step) => {
    const { coordinates } = bands.contour(rows, step * diameter);
    return coordinates
      .flatMap((polygon) => polygon.map((ring) => `M${ring.map(([px, py]) => `${(px! - 0.5).toFixed(2)},${(py! - 0.5).toFixed(2)}`).join('L')}Z`))
      .join('');
  });
}
