// Clean points by chance, the same for a seed in every browser.

/** Numbers in [0, 1), 32 bits each: Mulberry32, in whole numbers, so that no browser rounds otherwise. */
function numbersOf(seed: number): () => number {
  let state = Math.imul(seed, 0x9e3779b9);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const half = 1.5; // of the square, or the line, that they lie in

/** 4 to 8 points in a plane, 3 to 6 on a line, each to two decimals and with room about it. */
export function randomPoints(seed: number, dimension: number): number[][] {
  const next = numbersOf(seed);
  const count = dimension === 1 ? 3 + Math.floor(4 * next()) : 4 + Math.floor(5 * next());
  const apart = dimension === 1 ? 0.25 : 0.5; // there is always room for one more
  const points: number[][] = [];
  while (points.length < count) {
    const point = Array.from({ length: dimension }, () => Math.round(100 * half * (2 * next() - 1)) / 100);
    if (points.every((other) => Math.hypot(...other.map((v, i) => v - point[i]!)) >= apart)) points.push(point);
  }
  return points;
}
