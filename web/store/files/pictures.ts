// Pictures as the page's images: 28 x 28 grey values, 0 black .. 255 white, row by row.
export const side = 28;

/** Scaled to 28 x 28 by the mean of what falls on each pixel; what is no square stands in the middle of one. */
export function scaled(grey: ArrayLike<number>, width: number, height: number): Uint8Array {
  const square = Math.max(width, height);
  const [left, top] = [Math.floor((square - width) / 2), Math.floor((square - height) / 2)];
  const from = (i: number) => Math.floor((i * square) / side);
  const to = (i: number) => Math.max(from(i) + 1, Math.floor(((i + 1) * square) / side));
  return Uint8Array.from({ length: side * side }, (_, at) => {
    const [row, column] = [Math.floor(at / side), at % side];
    let sum = 0;
    for (let y = from(row) - top; y < to(row) - top; ++y) {
      for (let x = from(column) - left; x < to(column) - left; ++x) if (x >= 0 && y >= 0 && x < width && y < height) sum += grey[y * width + x]!;
    }
    return Math.round(sum / ((to(row) - from(row)) * (to(column) - from(column))));
  });
}
