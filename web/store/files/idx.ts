// Images of an IDX file, as MNIST has them: bytes 00 00 08 03, then how many, rows and columns in four
// bytes each, then the pixels. Only what is taken is read.
import { grouped } from '../../drawing/svg';
import { scaled } from './pictures';

const header = 16;
const mostSide = 1024;
const dimensions = 3;
const unsignedBytes = 8;

const count = grouped;

/** The first images, at most so many. @throws Error with a sentence that names the byte */
export async function readIdx(file: Blob, most: number): Promise<{ pictures: Uint8Array[]; of: number }> {
  const head = new Uint8Array(await file.slice(0, header).arrayBuffer());
  const refuse = (byte: number, why: string): never => {
    throw new Error(`Byte ${count(byte)}: ${why}.`);
  };
  [0, 0, unsignedBytes, dimensions].forEach((wanted, byte) => {
    const found = head[byte];
    if (found === undefined) refuse(byte, 'the file ends within the header');
    if (found === wanted) return;
    if (byte === 3) refuse(byte, `a file of images has ${dimensions} dimensions; this has ${found}${found === 1 ? ', as one of labels' : ''}`);
    refuse(byte, byte === 2 ? `pixels are read as unsigned bytes, type 8; this is type ${found}` : `an IDX file begins with two bytes of 0; this is ${found}`);
  });
  if (head.length < header) refuse(head.length, 'the file ends within the header');
  const [images, rows, columns] = [4, 8, 12].map((at) => new DataView(head.buffer).getUint32(at)) as [number, number, number];
  if (images === 0) refuse(4, 'the file holds no image');
  for (const [byte, name, n] of [[8, 'rows', rows], [12, 'columns', columns]] as const) {
    if (n < 1 || n > mostSide) refuse(byte, `images of ${count(n)} ${name} are not read; from 1 to ${count(mostSide)} are`);
  }
  const pixels = rows * columns;
  const end = header + images * pixels;
  if (file.size < end) refuse(file.size, `the file ends here; its header promises ${count(images)} images of ${rows} × ${columns}, to byte ${count(end)}`);
  if (file.size > end) refuse(end, `more follows the ${count(images)} images of ${rows} × ${columns} that the header promises`);
  const taken = Math.min(images, most);
  const bytes = new Uint8Array(await file.slice(header, header + taken * pixels).arrayBuffer());
  return { pictures: Array.from({ length: taken }, (_, n) => scaled(bytes.subarray(n * pixels, (n + 1) * pixels), columns, rows)), of: images };
}
