// A network as a recording holds it: its neurons as Session.neurons() gives them, and what is linear.
export interface Weights {
  neurons: Float64Array; // a column each: w (d), level, a times mass (d), mass
  linear: Float64Array; // a point p (d), h - ramps at p (d), and their change along each axis (d x d)
}

/** Adds what the neurons give at y. */
function addRamps(neurons: Float64Array, d: number, y: ArrayLike<number>, at: number, into: Float64Array): void {
  const rows = 2 * d + 2;
  for (let k = 0; k < neurons.length; k += rows) {
    if (neurons[k + rows - 1] === 0) continue;
    let t = -neurons[k + d]!;
    for (let i = 0; i < d; ++i) t += neurons[k + i]! * y[at + i]!;
    if (t > 0) for (let i = 0; i < d; ++i) into[at + i]! += neurons[k + d + 1 + i]! * t;
  }
}

/** The points where a network's values tell what is linear of it: the first corner of the data's box, and it
 *  moved along each axis by the box's longest side. d x (d + 1) */
export function cornersOf(low: readonly number[], high: readonly number[]): number[] {
  const side = Math.max(...high.map((v, i) => v - low[i]!));
  return [low, ...low.map((_, j) => low.map((v, i) => (i === j ? v + side : v)))].flat();
}

/** @param neurons as Session.neurons() gives them @param corners of cornersOf() @param values the network's, there */
export function weightsOf(neurons: Float64Array, corners: Float64Array, values: Float64Array, d: number): Weights {
  const rest = values.slice();
  const ramps = new Float64Array(values.length);
  for (let at = 0; at < corners.length; at += d) addRamps(neurons, d, corners, at, ramps);
  for (let i = 0; i < rest.length; ++i) rest[i]! -= ramps[i]!;
  const side = corners[d]! - corners[0]!;
  const linear = new Float64Array(d + rest.length);
  for (let i = 0; i < d; ++i) {
    linear[i] = corners[i]!;
    linear[d + i] = rest[i]!;
  }
  for (let i = d; i < rest.length; ++i) linear[d + i] = (rest[i]! - rest[i % d]!) / side;
  return { neurons, linear };
}

/** The network's values at points (d x n) -> d x n; but for rounding, what the library gives. */
export function evaluate({ neurons, linear }: Weights, points: Float64Array, d: number): Float64Array {
  const values = new Float64Array(points.length);
  for (let at = 0; at < points.length; at += d) {
    for (let i = 0; i < d; ++i) {
      let v = linear[d + i]!;
      for (let j = 0; j < d; ++j) v += linear[(2 + j) * d + i]! * (points[at + j]! - linear[j]!);
      values[at + i] = v;
    }
    addRamps(neurons, d, points, at, values);
  }
  return values;
}

/** The points of a grid, the last coordinate fastest. */
export function gridPoints(lower: readonly number[], upper: readonly number[], shape: readonly number[]): Float64Array {
  const d = shape.length;
  const count = shape.reduce((a, b) => a * b, 1);
  const points = new Float64Array(d * count);
  for (let n = 0; n < count; ++n) {
    for (let i = d - 1, rest = n; i >= 0; --i) {
      const k = rest % shape[i]!;
      rest = (rest - k) / shape[i]!;
      points[n * d + i] = lower[i]! + ((upper[i]! - lower[i]!) * k) / (shape[i]! - 1);
    }
  }
  return points;
}
