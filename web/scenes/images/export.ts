// The pictures as a file: rows of images with their names and errors.
import { digitName, digitNumber, DIGITS_SIDE } from './digits';
import { drawRow, pitch } from './pixels';
import type { Results } from './results';

const scale = 3; // pixels of the file to one of a picture
const label = 150;
const line = 18; // of text

export function picturesFile(results: Results): string {
  const pictures = results.pictures.value;
  if (pictures === null) return '';
  const canvas = document.createElement('canvas');
  canvas.width = pictures.indices.length * pitch;
  canvas.height = DIGITS_SIDE;
  const [width, height] = [canvas.width * scale, canvas.height * scale];
  const rows = results.rows();
  const text = (x: number, y: number, words: string) => `<text x="${x}" y="${y}">${words}</text>`;
  const across = (y: number, words: (n: number) => string) =>
    pictures.indices.map((_, n) => text(label + n * pitch * scale, y, words(n))).join('');
  const parts = rows.map(({ text: name, symbol, values, errors }, r) => {
    const top = line + r * (height + line + 4);
    if (values !== null) {
      canvas.getContext('2d')!.clearRect(0, 0, canvas.width, canvas.height);
      drawRow(canvas, values, pictures.indices.map((_, n) => n));
    }
    const image =
      values === null
        ? ''
        : `<image x="${label}" y="${top}" width="${width}" height="${height}" style="image-rendering:pixelated" href="${canvas.toDataURL()}"/>`;
    const below = r === 0 || errors === null ? '' : across(top + height + 14, (n) => errors[n]!.toFixed(3));
    return `${text(8, top + 14, `${name} ${symbol}`)}${image}${below}`;
  });
  const size = `width="${label + width}" height="${line + rows.length * (height + line + 4)}"`;
  const heads = across(14, (n) => `${digitName(pictures.indices[n]!)} (no. ${digitNumber(pictures.indices[n]!)})`);
  return `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" ${size} font-family="sans-serif" font-size="12" fill="#1c1f26">
<rect width="100%" height="100%" fill="#fff"/>
${heads}
${parts.join('\n')}
</svg>
`;
}
