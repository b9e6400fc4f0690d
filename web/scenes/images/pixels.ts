// Pictures as numbers: 784 grey values a picture, 0 black .. 1 white, row by row.
import { DIGITS_PIXELS, DIGITS_SIDE } from './digits';

/** The place of a picture in a row of them, and the space between, in pixels of the pictures. */
export const pitch = DIGITS_SIDE + 2;

/** Draws pictures of a d x N array side by side. Values outside 0 .. `white` show as black or white. */
export function drawRow(canvas: HTMLCanvasElement, values: ArrayLike<number>, shown: readonly number[], white = 1): void {
  const context = canvas.getContext('2d')!;
  const picture = context.createImageData(DIGITS_SIDE, DIGITS_SIDE);
  for (const [place, n] of shown.entries()) {
    for (let i = 0; i < DIGITS_PIXELS; ++i) {
      const grey = (255 / white) * values[n * DIGITS_PIXELS + i]!; // the array clamps and rounds it
      picture.data[4 * i] = picture.data[4 * i + 1] = picture.data[4 * i + 2] = grey;
      picture.data[4 * i + 3] = 255;
    }
    context.putImageData(picture, place * pitch, 0);
  }
}

/** |a - b| of picture n, over all its pixels. */
export function distance(a: ArrayLike<number>, b: ArrayLike<number>, n: number): number {
  let sum = 0;
  for (let i = n * DIGITS_PIXELS; i < (n + 1) * DIGITS_PIXELS; ++i) sum += (a[i]! - b[i]!) ** 2;
  return Math.sqrt(sum);
}
