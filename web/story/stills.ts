// The chapters' still pictures and the numbers of their texts, for paper and for pages without scripts:
// made by scripts/stills.mjs.
import numbers from './stills/numbers.json';

const files = import.meta.glob<string>('./stills/*.svg', { eager: true, query: '?url', import: 'default' });

export const stillOf = (id: string): string | undefined => files[`./stills/${id}.svg`];

/** By chapter and by name. */
export const stillNumbers: Record<string, Record<string, string> | undefined> = numbers;
