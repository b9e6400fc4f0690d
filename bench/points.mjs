/** `count` points of d numbers between -2 and 2, the same in every run. */
export function samePoints(count, d) {
  let state = 1;
  const coordinate = () => {
    state = (state * 48271) % 2147483647;
    return (state / 2147483647) * 4 - 2;
  };
  return Array.from({ length: count }, () => Array.from({ length: d }, coordinate));
}
