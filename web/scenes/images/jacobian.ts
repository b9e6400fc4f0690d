// The greatest singular value of a map's Jacobian, from difference quotients along orthonormal directions.

const rounds = 60; // of the power method, whose ratio seldom needs ten

/** @param values d numbers at the place, then d at it moved by `step` along each direction */
export function gainOf(values: Float64Array, d: number, step: number): number {
  const count = values.length / d - 1;
  const difference = (j: number) => (i: number) => (values[(j + 1) * d + i]! - values[i]!) / step;
  const gram = Array.from({ length: count }, (_, j) =>
    Array.from({ length: count }, (_, k) => {
      const [a, b] = [difference(j), difference(k)];
      let sum = 0;
      for (let i = 0; i < d; ++i) sum += a(i) * b(i);
      return sum;
    }),
  );
  // From the direction that is stretched most, so that no start is at right angles to the answer.
  const most = gram.reduce((best, row, j) => (row[j]! > gram[best]![best]! ? j : best), 0);
  let v: number[] = gram[most]!.slice();
  let value = 0;
  for (let round = 0; round < rounds; ++round) {
    const length = Math.hypot(...v);
    if (length === 0) return 0;
    v = v.map((part) => part / length);
    const next = gram.map((row) => row.reduce((sum, g, k) => sum + g * v[k]!, 0));
    value = Math.hypot(...next);
    v = next;
  }
  return Math.sqrt(value);
}
