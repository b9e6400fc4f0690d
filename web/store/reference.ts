// Words for the denoiser that the others are compared with.
import type { Description } from '../denoise';

/** "closed form", or what stands for it where none is known to be the cheapest. */
export function referenceName(description: Description | null): string {
  if (description?.reference?.kind === 'minimum-cost') return 'minimum-cost denoiser';
  if (description?.searching === 'split-ramp') return 'split ramps';
  if (description?.reference !== null || description.ramps === null) return 'closed form';
  return description.ramps.kind === 'split-ramp' ? 'split ramps' : 'vertex ramps';
}

const none = /^no finite network exists: /i; // how the library's sentence begins

/** Why no network of finitely many neurons is constant on each noise ball; null where one is, or where that
 *  is not known. */
export const whyNone = (description: Description | null): string | null =>
  description !== null && description.reference === null && none.test(description.reason) ? description.reason.replace(none, '') : null;

/** "h*(y)" of what is known to be the cheapest. */
export const referenceSymbol = (description: Description | null): string => (description?.reference === null ? 'r(y)' : 'h*(y)');
