// A picture of a PNG file, decoded by the browser after its size is known to be bounded.
import { grouped } from '../../drawing/svg';
import { scaled } from './pictures';

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const header = 24; // to the end of width and height
const mostSide = 4096;
const mostBytes = 16e6;
const finest = 512; // pixels along a side, of which 28 are made

export const isPng = (bytes: Uint8Array): boolean => signature.slice(0, 4).every((v, i) => bytes[i] === v);

const count = grouped;

/** @throws Error with a sentence that names the byte, where it can */
export async function readPng(file: Blob): Promise<Uint8Array> {
  const head = new Uint8Array(await file.slice(0, header).arrayBuffer());
  const refuse = (byte: number, why: string): never => {
    throw new Error(`Byte ${byte}: ${why}.`);
  };
  if (file.size > mostBytes) throw new Error(`A PNG of ${count(file.size)} bytes is more than the ${count(mostBytes)} that are read.`);
  if (head.length < header) refuse(head.length, 'the file ends within the header');
  const wrong = [...signature, 0, 0, 0, 13, ...'IHDR'].findIndex((v, i) => head[i] !== (typeof v === 'string' ? v.charCodeAt(0) : v));
  if (wrong >= 0) refuse(wrong, wrong < signature.length ? 'this is not how a PNG begins' : 'the first chunk of a PNG is its header');
  const view = new DataView(head.buffer);
  for (const [byte, name] of [[16, 'width'], [20, 'height']] as const) {
    const n = view.getUint32(byte);
    if (n < 1 || n > mostSide) refuse(byte, `a ${name} of ${count(n)} pixels is not read; from 1 to ${count(mostSide)} are`);
  }
  const picture = await createImageBitmap(file).catch(() => {
    throw new Error('The picture cannot be decoded: the file is damaged after its header, or cut short.');
  });
  const shrink = Math.min(1, finest / Math.max(picture.width, picture.height));
  const [width, height] = [picture.width, picture.height].map((n) => Math.max(1, Math.round(n * shrink))) as [number, number];
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  context.fillRect(0, 0, width, height); // what is transparent is black
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, 0, 0, width, height);
  picture.close();
  const { data } = context.getImageData(0, 0, width, height);
  return scaled(Float64Array.from({ length: width * height }, (_, i) => 0.299 * data[4 * i]! + 0.587 * data[4 * i + 1]! + 0.114 * data[4 * i + 2]!), width, height);
}
