/** Numbers from a seed: the same sequence on every machine (mulberry32, which is enough for tests). */
export function dice(seed) {
  let state = seed >>> 0;
  const uniform = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    uniform, // in [0, 1)
    whole: (low, high) => low + Math.floor(uniform() * (high - low + 1)), // both ends included
    chance: (p) => uniform() < p,
    pick: (list) => list[Math.floor(uniform() * list.length)],
    between: (low, high) => low + uniform() * (high - low),
  };
}
