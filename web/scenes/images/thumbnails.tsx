// Small pictures of the digits. All images of a digit are one strip: a picture of its own for each would
// be a layer, and the bytes in each style would be parsed a hundred times.
import { signal, type Signal } from '@preact/signals';
import { digitClass, digitPixels, DIGITS_PER_CLASS, DIGITS_SIDE, OWN, type Digits } from './digits';
import { drawRow, pitch } from './pixels';

/** The strips of these digits, each made when it is first shown. */
export class Strips {
  private readonly made = new Map<number, Signal<string>>();
  private own = 0; // images in the strip of the reader's own

  constructor(private readonly digits: Digits) {}

  /** The URL of a digit's strip, '' until it is made. */
  url(digit: number): string {
    const bytes = this.digits.bytes.value;
    if (bytes === null) return '';
    const own = this.digits.own.value;
    if (digit === OWN && own !== this.own) this.made.delete(OWN);
    this.own = digit === OWN ? own : this.own;
    let url = this.made.get(digit);
    if (url === undefined) {
      url = signal('');
      this.made.set(digit, url);
      this.draw(bytes, digit, url);
    }
    return url.value;
  }

  private draw(bytes: Uint8Array, digit: number, url: Signal<string>): void {
    const canvas = document.createElement('canvas');
    canvas.width = pitch * DIGITS_PER_CLASS;
    canvas.height = DIGITS_SIDE;
    const first = digit * DIGITS_PER_CLASS;
    const pixels = bytes.subarray(digitPixels(bytes, first).byteOffset - bytes.byteOffset);
    drawRow(canvas, pixels, Array.from({ length: DIGITS_PER_CLASS }, (_, i) => i), 255);
    canvas.toBlob((blob) => {
      if (blob !== null) url.value = URL.createObjectURL(blob);
    });
  }
}

export function Thumbnail({ strips, index, side }: { strips: Strips; index: number; side: number }) {
  const url = strips.url(digitClass(index));
  const scale = side / DIGITS_SIDE;
  const place = (index % DIGITS_PER_CLASS) * pitch * scale;
  return (
    <i
      class="thumbnail"
      aria-hidden="true"
      style={{
        width: `${side}px`,
        height: `${side}px`,
        backgroundImage: url === '' ? 'none' : `url(${url})`,
        backgroundSize: `${pitch * DIGITS_PER_CLASS * scale}px ${side}px`,
        backgroundPosition: `-${place}px 0`,
      }}
    />
  );
}
