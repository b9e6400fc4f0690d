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
export const DIGITS_PER_CLASS = DIGITS_COUNT / DIGITS_CLASSES;
const HEADER_BYTES = 16;

/** The digit that image `index` shows. */
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

/** The IDX file's bytes, once they are there. */
export class Digits {
  readonly bytes = signal<Uint8Array | null>(null);
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
}
