// What d3-scale uses of d3-interpolate: scales here go from numbers to numbers, and those of colours,
// words and dates need not be fetched before the first figure (vite.config.ts).
export const interpolateNumber = (a: number, b: number) => (t: number): number => a * (1 - t) + b * t;
export const interpolateRound = (a: number, b: number) => (t: number): number => Math.round(a * (1 - t) + b * t);
export { interpolateNumber as interpolate };
export const piecewise = (): never => {
  throw new Error('No scale here is piecewise.');
};
