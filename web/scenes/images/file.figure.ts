import { unpacked, type CarriedImages } from './carried';

let carried: CarriedImages | null = null; // a file has one figure

/** Takes the images of the figure's document. */
export const carry = (images: CarriedImages): void => void (carried = images);

export async function digitsFile(): Promise<Uint8Array> {
  if (carried === null) throw new Error('This file carries no digits.');
  return unpacked(carried);
}
