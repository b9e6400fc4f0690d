// How values of the state are written in a link.
export interface Codec<T> {
  key: string;
  read(text: string): T | undefined; // undefined: not understood
  write(value: T): string;
}

export const text = (key: string): Codec<string> => ({ key, read: (t) => t, write: (v) => v });
export const number = (key: string): Codec<number> => ({
  key,
  read: (t) => (t.trim() !== '' && Number.isFinite(Number(t)) ? Number(t) : undefined),
  write: String,
});
export const choice = <T extends string>(key: string, values: readonly T[]): Codec<T> => ({
  key,
  read: (t) => values.find((v) => v === t),
  write: (v) => v,
});
export const flag = (key: string): Codec<boolean> => ({
  key,
  read: (t) => (t === '' || t === '1' ? true : t === '0' ? false : undefined),
  write: (v) => (v ? '' : '0'),
});
export const words = (key: string): Codec<string[]> => ({
  key,
  read: (t) => (/^[a-z0-9,-]*$/.test(t) ? t.split(',').filter((w) => w !== '') : undefined),
  write: (v) => v.join(','),
});

/** Points as text: `0,0;2,0` or one point a line, numbers apart by commas or spaces. */
export function readPoints(input: string): number[][] {
  return input
    .split(/[;\n]/)
    .filter((row) => row.trim() !== '')
    .map((row) => row.trim().split(/[\s,]+/).map(Number));
}
export const points = (key: string): Codec<number[][]> => ({
  key,
  read: readPoints,
  write: (v) => v.map((p) => p.join(',')).join(';'),
});

/** One place: its numbers, apart by commas. */
export const place = (key: string): Codec<number[]> => ({
  key,
  read(t) {
    const numbers = t.split(',').map((v) => (v.trim() === '' ? NaN : Number(v)));
    return numbers.every(Number.isFinite) ? numbers : undefined;
  },
  write: String,
});
