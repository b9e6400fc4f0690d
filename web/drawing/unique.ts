// Ids. They are the document's, which may hold several figures, so their count is the one thing that
// is kept for all of them together.
let last = 0;

/** An id that nothing else in the document has. */
export const uniqueId = (name: string): string => `${name}-${++last}`;
