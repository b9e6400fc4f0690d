import packedUrl from '../../../build/digits/mnist.bin?url';
import { bytesOf, inflate } from '../../engine/bytes';

/** The IDX file of all digits. */
export const digitsFile = async (): Promise<Uint8Array> => inflate(await bytesOf(packedUrl, 'The digits'));
