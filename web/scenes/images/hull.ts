// Coordinates in the affine hull of the picked images, in which everything that a least-cost denoiser
// does happens: what flows there is a picture again as soon as it is mapped back.
import { DIGITS_PIXELS } from './digits';

const least = 1e-9; // of the greatest edge: what is shorter adds no dimension

export interface Hull {
  dimension: number;
  basis: Float64Array[]; // orthonormal directions of 784 numbers
  points: Float64Array; // of the clean images, dimension x N
  picture(coordinates: ArrayLike<number>): Float64Array; // 784 numbers of each column
}

/** @param clean 784 x N */
export function hullOf(clean: Float64Array): Hull {
  const count = clean.length / DIGITS_PIXELS;
  const origin = clean.subarray(0, DIGITS_PIXELS);
  const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, v, i) => sum + v * b[i]!, 0);
  const edges = Array.from({ length: count }, (_, n) => origin.map((o, i) => clean[n * DIGITS_PIXELS + i]! - o));
  const longest = Math.sqrt(Math.max(...edges.map((edge) => dot(edge, edge))));
  const basis: Float64Array[] = [];
  for (const edge of edges) {
    const rest = edge.slice();
    // Twice, so that rounding leaves nothing of the others in it.
    for (let turn = 0; turn < 2; ++turn) {
      for (const along of basis) {
        const part = dot(rest, along);
        for (let i = 0; i < DIGITS_PIXELS; ++i) rest[i]! -= part * along[i]!;
      }
    }
    const length = Math.sqrt(dot(rest, rest));
    if (length > least * longest) basis.push(rest.map((v) => v / length));
  }
  const dimension = basis.length;
  return {
    dimension,
    basis,
    points: Float64Array.from(edges.flatMap((edge) => basis.map((along) => dot(edge, along)))),
    picture(coordinates) {
      const pictures = new Float64Array((coordinates.length / dimension) * DIGITS_PIXELS);
      for (let j = 0; j < coordinates.length / dimension; ++j) {
        const own = pictures.subarray(j * DIGITS_PIXELS, (j + 1) * DIGITS_PIXELS);
        own.set(origin);
        basis.forEach((along, k) => along.forEach((v, i) => (own[i]! += coordinates[j * dimension + k]! * v)));
      }
      return pictures;
    },
  };
}
