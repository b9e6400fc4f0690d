import { signal } from '@preact/signals';

/** Where the walk of repeated application starts. */
export const start = signal(0.84);
