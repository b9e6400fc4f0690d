// The handwritten digits that the page carries: an IDX file of 1,000 images of 28 x 28 bytes, 100 of
// each class in class order (scripts/pack-digits.mjs), deflated.
import { signal } from '@preact/signals';
import packedUrl from '../../../build/digits/mnist.bin?url';

/** The name of the set in an experiment document's `data.images.set`. */
export const DIGITS_NAME = 'mnist';
export const DIGITS_COUNT = 1000;
export const DIGITS_SIDE = 28;
export const DIGITS_PIXELS = DIGITS_SIDE * DIGITS_SIDE;
export const DIGITS_CLASSES = 10;
/** What the class of a reader's own images has for a digit. */
export const OWN = 10;
export const DIGITS_PER_CLASS = DIGITS_COUNT / DIGITS_CLASSES;
const HEADER_BYTES = 16;
const COUNT_BYTE = 4; // of the header

/** The name of the digits and a reader's own images together. */
export const OWN_NAME = 'digits and your own images';

/** The digit that image `index` shows; OWN of a reader's own. */
export const digitClass = (index: number): number => Math.floor(index / DIGITS_PER_CLASS);

/** The pixels of one image: a view of the IDX bytes, 0 black .. 255 white, row by row. */
export const digitPixels = (idx: Uint8Array, index: number): Uint8Array =>
  idx.subarray(HEADER_BYTES + index * DIGITS_PIXELS, HEADER_BYTES + (index + 1) * DIGITS_PIXELS);

/** The bytes behind a URL of this build. A data: URL (the single file) is decoded by hand, since
 *  browsers differ on whether a page opened from disk may fetch it. */
async function packedBytes(url: string): Promise<Uint8Array<ArrayBuffer>> {
  if (url.startsWith('data:')) {
    return Uint8Array.from(atob(url.slice(url.indexOf(',') + 1)), (c) => c.charCodeAt(0));
  }
  const response = await fetch(url).catch(() => undefined);
  if (!response?.ok) throw new Error(`The digits could not be loaded (${response?.status ?? 'no network'}).`);
  return new Uint8Array(await response.arrayBuffer());
}

async function inflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** What an image is called: its digit, or that it is the reader's. */
export const digitName = (index: number): string => (digitClass(index) === OWN ? 'own' : String(digitClass(index)));

/** The IDX file's bytes, once they are there, with a reader's own images at its end. */
export class Digits {
  readonly bytes = signal<Uint8Array | null>(null);
  readonly own = signal(0); // how many are the reader's
  private pending: Promise<Uint8Array> | undefined;

  /** Fetches them once; again where that failed. */
  load(): Promise<Uint8Array> {
    this.pending ??= packedBytes(packedUrl).then(inflate);
    this.pending.then(
      (bytes) => (this.bytes.value = bytes),
      () => (this.pending = undefined),
    );
    return this.pending;
  }

  /** Appends a reader's own images to the digits that are there; null where there is no room for them. */
  add(pictures: Uint8Array[]): Uint8Array | null {
    const own = this.own.peek() + pictures.length;
    if (own > DIGITS_PER_CLASS) return null;
    const before = this.bytes.peek()!;
    const bytes = new Uint8Array(before.length + pictures.length * DIGITS_PIXELS);
    bytes.set(before);
    pictures.forEach((pixels, n) => bytes.set(pixels, before.length + n * DIGITS_PIXELS));
    new DataView(bytes.buffer).setUint32(COUNT_BYTE, DIGITS_COUNT + own);
    this.bytes.value = bytes;
    this.own.value = own;
    return bytes;
  }
}
