// The little that a text of the story is written in: *slanted*, and {a number} that the page computes.
export type Part = { kind: 'text' | 'slanted' | 'number'; text: string };

export function partsOf(written: string): Part[] {
  return written.split(/(\*[^*]+\*|\{[a-z-]+\})/).filter((piece) => piece !== '').map((piece): Part => {
    if (piece.startsWith('*')) return { kind: 'slanted', text: piece.slice(1, -1) };
    if (piece.startsWith('{')) return { kind: 'number', text: piece.slice(1, -1) };
    return { kind: 'text', text: piece };
  });
}
