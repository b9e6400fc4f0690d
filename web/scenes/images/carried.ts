// The images that a figure's file carries: those that it shows, under the numbers that they have among
// all digits.
import { decoded, deflate, inflate } from '../../engine/bytes';
import { DIGITS_COUNT, DIGITS_PIXELS, DIGITS_SIDE, digitPixels, HEADER_BYTES } from './idx';

export interface CarriedImages {
  indices: number[];
  pixels: string; // base64 of the deflated bytes, image after image
}

/** @param idx the IDX file of all digits */
export async function carriedOf(idx: Uint8Array, indices: readonly number[]): Promise<CarriedImages> {
  if (indices.some((index) => index >= DIGITS_COUNT)) throw new Error('A file of a figure carries the page’s digits, not images of your own.');
  const pixels = new Uint8Array(indices.length * DIGITS_PIXELS);
  indices.forEach((index, n) => pixels.set(digitPixels(idx, index), n * DIGITS_PIXELS));
  const packed = await deflate(pixels);
  return { indices: [...indices], pixels: btoa(Array.from(packed, (byte) => String.fromCharCode(byte)).join('')) };
}

/** The IDX file of all digits, black but for those that are carried. */
export async function unpacked({ indices, pixels }: CarriedImages): Promise<Uint8Array> {
  const bytes = await inflate(decoded(pixels));
  const idx = new Uint8Array(HEADER_BYTES + DIGITS_COUNT * DIGITS_PIXELS);
  const head = new DataView(idx.buffer);
  [0x803, DIGITS_COUNT, DIGITS_SIDE, DIGITS_SIDE].forEach((number, i) => head.setUint32(4 * i, number));
  indices.forEach((index, n) => digitPixels(idx, index).set(bytes.subarray(n * DIGITS_PIXELS, (n + 1) * DIGITS_PIXELS)));
  return idx;
}
