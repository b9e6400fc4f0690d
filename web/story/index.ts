// The story as the page loads it: a part of its own.
import { chapterNamed } from './chapters';

export { Story } from './story';

/** The hash of the state that a chapter shows. */
export const hashOf = (chapter: string): string => chapterNamed(chapter).state;
