// How the digits lie in their IDX file.

/** The name of the set in an experiment document's `data.images.set`. */
export const DIGITS_NAME = 'mnist';
export const DIGITS_COUNT = 1000;
export const DIGITS_SIDE = 28;
export const DIGITS_PIXELS = DIGITS_SIDE * DIGITS_SIDE;
export const DIGITS_CLASSES = 10;
export const DIGITS_PER_CLASS = DIGITS_COUNT / DIGITS_CLASSES;
export const HEADER_BYTES = 16;

/** The digit that image `index` shows. */
export const digitClass = (index: number): number => Math.floor(index / DIGITS_PER_CLASS);

/** The pixels of one image: a view of the IDX bytes, 0 black .. 255 white, row by row. */
export const digitPixels = (idx: Uint8Array, index: number): Uint8Array =>
  idx.subarray(HEADER_BYTES + index * DIGITS_PIXELS, HEADER_BYTES + (index + 1) * DIGITS_PIXELS);
