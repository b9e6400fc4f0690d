// The address bar and the browser's history follow the store's places, and the store follows them.
// A frame that shows a figure adds nothing to the history of the paper around it, and a document
// without an address of its own (an iframe's srcdoc) has none: there the store alone keeps places.
import { effect } from '@preact/signals';
import type { App } from './app';

const patienceMs = 300; // browsers limit how often an address may change

/** The number that the browser's history has for where it is; undefined of a link that is new to it. */
const placeHere = (): number | undefined => (history.state as { place?: number } | null)?.place;

/** Starts to follow; the answer is the number of the first place. */
export function followAddress(app: App): number {
  const first = placeHere() ?? 0;
  let shown = first; // the place that the address is of
  let waiting = 0;

  const write = (how: 'pushState' | 'replaceState') => {
    const state = app.places.state(shown);
    if (state === undefined) return; // not there yet
    try {
      history[how]({ place: shown }, '', `#${app.links.writeHash(state)}`);
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
    app.travel = (steps) => {
      flush();
      history.go(steps);
    };
  }

  effect(() => {
    const place = app.places.at.value;
    void app.state.value;
    if (app.places.state(place) === undefined) return;
    if (keeps && place > shown) {
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
    const place = placeHere();
    shown = place ?? app.places.at.value + 1;
    if (place !== undefined && app.places.state(place) !== undefined) void app.goTo(place);
    else void app.navigate(location.hash, place);
  });
  return first;
}
