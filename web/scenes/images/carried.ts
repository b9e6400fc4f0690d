// The images that a figure's file carries: those that it shows, digits and a reader's own, under the numbers
// that they have in the page.
import { decoded, deflate, inflate } from '../../engine/bytes';
import { DIGITS_COUNT, DIGITS_PIXELS, digitPixels, HEADER_BYTES, writeHeader } from './idx';
import { complaint } from './picks';

export interface CarriedImages {
  indices: number[];
  pixels: string; // base64 of the deflated bytes, image after image
}

/** @param idx the IDX file of all digits, and of the reader's own images */
export async function carriedOf(idx: Uint8Array, indices: readonly number[]): Promise<CarriedImages> {
  const pixels = new Uint8Array(indices.length * DIGITS_PIXELS);
  indices.forEach((index, n) => pixels.set(digitPixels(idx, index), n * DIGITS_PIXELS));
  const packed = await deflate(pixels);
  return { indices: [...indices], pixels: btoa(Array.from(packed, (byte) => String.fromCharCode(byte)).join('')) };
}

/** The IDX file of all digits and as many of the reader's own as are numbered, black but for those that are
 *  carried. */
export async function unpacked({ indices, pixels }: CarriedImages): Promise<Uint8Array> {
  const wrong = complaint(indices);
  if (wrong !== '') throw new Error(wrong);
  const bytes = await inflate(decoded(pixels));
  if (bytes.length !== indices.length * DIGITS_PIXELS) throw new Error(`The file carries ${bytes.length} pixels for its ${indices.length} images of ${DIGITS_PIXELS}.`);
  const count = Math.max(DIGITS_COUNT, ...indices.map((index) => index + 1));
  const idx = new Uint8Array(HEADER_BYTES + count * DIGITS_PIXELS);
  writeHeader(idx, count);
  indices.forEach((index, n) => digitPixels(idx, index).set(bytes.subarray(n * DIGITS_PIXELS, (n + 1) * DIGITS_PIXELS)));
  return idx;
}
