// Words for the denoiser that the others are compared with.
import type { Description } from '../denoise';

/** "closed form", or what stands for it where none is known to be the cheapest. */
export function referenceName(description: Description | null): string {
  if (description?.reference?.kind === 'minimum-cost') return 'minimum-cost denoiser';
  return description?.reference === null && description.vertex_ramp !== null ? 'vertex ramps' : 'closed form';
}
