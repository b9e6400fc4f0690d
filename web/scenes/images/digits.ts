// The handwritten digits that the page carries: an IDX file of 1,000 images of 28 x 28 bytes, 100 of
// each class in class order (scripts/pack-digits.mjs).
import { signal } from '@preact/signals';
import { digitsFile } from '#digits';

export * from './idx';

/** The IDX file's bytes, once they are there. */
export class Digits {
  readonly bytes = signal<Uint8Array | null>(null);
  private pending: Promise<Uint8Array> | undefined;

  /** Fetches them once; again where that failed. */
  load(): Promise<Uint8Array> {
    this.pending ??= digitsFile();
    this.pending.then(
      (bytes) => (this.bytes.value = bytes),
      () => (this.pending = undefined),
    );
    return this.pending;
  }
}
