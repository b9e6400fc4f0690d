// The places that the reader has been to, each the state of a link, numbered as in the browser's
// history. A change of what is computed leads to a new place, and drops those after it; a gesture
// (a drag, a slider, typing) leads to one place however many changes it makes; a change of the view
// alone is of the place where it is made.
import { computed, signal } from '@preact/signals';
import type { State } from './state';

export class Places {
  private readonly known = new Map<number, State>(); // after a reload, those from then on
  private gesture = '';
  /** The number of the place that is shown; -1 before the first. */
  readonly at = signal(-1);
  private readonly forgotten = signal(0); // how often
  readonly canUndo = computed(() => (void this.forgotten.value, this.known.has(this.at.value - 1)));
  readonly canRedo = computed(() => (void this.forgotten.value, this.known.has(this.at.value + 1)));

  state = (number: number): State | undefined => this.known.get(number);

  /** Another experiment: a new place, or the same as long as a gesture with a name goes on. */
  record(state: State, gesture: string): void {
    const now = this.at.peek();
    if (gesture !== '' && gesture === this.gesture) {
      this.known.set(now, state);
      return;
    }
    for (const number of this.known.keys()) if (number > now) this.known.delete(number);
    this.enter(now + 1, state);
    this.gesture = gesture;
  }

  endGesture(): void {
    this.gesture = '';
  }

  /** Another view of the same experiment. */
  amend(state: State): void {
    const here = this.at.peek();
    if (this.known.has(here)) this.known.set(here, state); // else it was forgotten, and another is on its way
  }

  /** Nothing leads back to any of them, the one that is shown included. */
  forget(): void {
    this.gesture = '';
    this.known.clear();
    ++this.forgotten.value;
  }

  /** The reader is at this place of the browser's history; it shows this state. */
  enter(number: number, state: State): void {
    this.gesture = '';
    this.known.set(number, state);
    this.at.value = number;
  }

  /** The reader is at this known place again. */
  go(number: number): void {
    this.gesture = '';
    this.at.value = number;
  }
}
