// The chapters' still pictures, for paper and for pages without scripts: made by scripts/stills.mjs.
const files = import.meta.glob<string>('./stills/*.svg', { eager: true, query: '?url', import: 'default' });

export const stillOf = (id: string): string | undefined => files[`./stills/${id}.svg`];
