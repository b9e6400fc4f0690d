// How the digits lie in their IDX file.

/** The name of the set in an experiment document's `data.images.set`. */
export const DIGITS_NAME = 'mnist';
export const DIGITS_COUNT = 1000;
export const DIGITS_SIDE = 28;
export const DIGITS_PIXELS = DIGITS_SIDE * DIGITS_SIDE;
export const DIGITS_CLASSES = 10;
/** What the class of a reader's own images has for a digit. */
export const OWN = 10;
export const DIGITS_PER_CLASS = DIGITS_COUNT / DIGITS_CLASSES;
export const HEADER_BYTES = 16;

/** Writes what an IDX file of so many images begins with. */
export function writeHeader(idx: Uint8Array, count: number): void {
  const head = new DataView(idx.buffer, idx.byteOffset, HEADER_BYTES);
  [0x803, count, DIGITS_SIDE, DIGITS_SIDE].forEach((number, i) => head.setUint32(4 * i, number));
}

/** The name of the digits and a reader's own images together. */
export const OWN_NAME = 'digits and your own images';

/** The digit that image `index` shows; OWN of a reader's own. */
export const digitClass = (index: number): number => Math.floor(index / DIGITS_PER_CLASS);

/** The pixels of one image: a view of the IDX bytes, 0 black .. 255 white, row by row. */
export const digitPixels = (idx: Uint8Array, index: number): Uint8Array =>
  idx.subarray(HEADER_BYTES + index * DIGITS_PIXELS, HEADER_BYTES + (index + 1) * DIGITS_PIXELS);
