// How the figures and the controls call the clean points.
const subscripts = '₀₁₂₃₄₅₆₇₈₉';

/** "x₁" of the first clean point, whose index is 0. */
export const pointName = (n: number): string => `x${[...String(n + 1)].map((c) => subscripts[Number(c)]).join('')}`;
