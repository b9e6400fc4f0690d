// The address bar and the browser's history follow the store's places, and the store follows them;
// while the story is read, the address is that of the chapter.
// A frame that shows a figure adds nothing to the history of the paper around it, and a document
// without an address of its own (an iframe's srcdoc) has none: there the store alone keeps places.
import { effect, type Signal } from '@preact/signals';
import type { App } from './app';

const patienceMs = 300; // browsers limit how often an address may change

/** The number that the browser's history has for where it is; undefined of a link that is new to it. */
const placeHere = (): number | undefined => (history.state as { place?: number } | null)?.place;

/** The chapter of the story that an address is of, '' where it begins; null: it is of the laboratory. */
export function chapterOf(hash: string): string | null {
  const text = hash.replace(/^#/, '');
  return text === '' ? '' : new URLSearchParams(text).get('story');
}

/** Starts to follow; the answer is the number of the first place.
 *  @param chapter that is read, as chapterOf() says it */
export function followAddress(app: App, chapter: Signal<string | null>): number {
  const first = placeHere() ?? 0;
  let shown = first; // the place that the address is of
  let waiting = 0;

  const write = (how: 'pushState' | 'replaceState') => {
    const state = app.places.state(shown);
    const read = chapter.peek();
    if (state === undefined || read === '') return; // not there yet
    try {
      history[how]({ place: shown }, '', `#${read === null ? app.links.writeHash(state) : `story=${read}`}`);
    } catch {
      // A document without an address of its own.
    }
  };
  const flush = () => {
    if (waiting !== 0) write('replaceState');
    clearTimeout(waiting);
    waiting = 0;
  };

  let keeps = !app.state.value.embed;
  try {
    history.replaceState(history.state, '');
  } catch {
    keeps = false;
  }
  if (keeps) {
    const travel = app.travel;
    app.travel = (steps) => {
      // What is changed in a chapter is no place of the browser's: Back leaves the chapter.
      if (chapter.peek() !== null) return travel(steps);
      flush();
      history.go(steps);
    };
  }

  effect(() => {
    const place = app.places.at.value;
    void app.state.value;
    const reads = chapter.value !== null;
    if (app.places.state(place) === undefined) return;
    if (keeps && place > shown && !reads) {
      flush();
      shown = place;
      write('pushState');
      return;
    }
    shown = place;
    clearTimeout(waiting);
    waiting = window.setTimeout(flush, patienceMs);
  });
  addEventListener('popstate', () => {
    const to = chapterOf(location.hash);
    const place = placeHere();
    if (to !== null) {
      clearTimeout(waiting); // it was of the address before
      waiting = 0;
      chapter.value = to;
      return;
    }
    // The places of a story that was left are none of the laboratory's.
    if (chapter.peek() !== null) app.places.forget();
    shown = place ?? app.places.at.value + 1;
    chapter.value = null;
    if (place !== undefined && app.places.state(place) !== undefined) void app.goTo(place);
    else void app.navigate(location.hash, place);
  });
  return first;
}
