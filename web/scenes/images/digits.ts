// The handwritten digits that the page carries: an IDX file of 1,000 images of 28 x 28 bytes, 100 of
// each class in class order (scripts/pack-digits.mjs).
import { signal } from '@preact/signals';
import { digitsFile } from '#digits';
import { digitClass, DIGITS_COUNT, DIGITS_PER_CLASS, DIGITS_PIXELS, HEADER_BYTES, OWN, writeHeader } from './idx';

export * from './idx';

/** What an image is called: its digit, or that it is the reader's. */
export const digitName = (index: number): string => (digitClass(index) === OWN ? 'own' : String(digitClass(index)));

/** Its number: of the digits, or of the reader's own, which begin at 1. */
export const digitNumber = (index: number): number => (digitClass(index) === OWN ? index - DIGITS_COUNT + 1 : index);

/** The IDX file's bytes, once they are there, with a reader's own images at its end. */
export class Digits {
  readonly bytes = signal<Uint8Array | null>(null);
  readonly own = signal(0); // how many are the reader's
  private pending: Promise<Uint8Array> | undefined;

  /** Fetches them once; again where that failed. A figure's file may have a reader's own among them. */
  load(): Promise<Uint8Array> {
    this.pending ??= digitsFile().then(
      (bytes) => {
        this.bytes.value = bytes;
        this.own.value = (bytes.length - HEADER_BYTES) / DIGITS_PIXELS - DIGITS_COUNT;
        return bytes;
      },
      (error: unknown) => {
        this.pending = undefined;
        throw error;
      },
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
    writeHeader(bytes, DIGITS_COUNT + own);
    this.bytes.value = bytes;
    this.own.value = own;
    return bytes;
  }
}
