// Where the reader is, and the state that the figure has there.
import { effect, signal, type Signal } from '@preact/signals';
import type { State } from '../store/state';
import { chapterNamed, type Chapter } from './chapters';
import type { Shown } from './numbers';

const patienceMs = 120; // chapters that are scrolled past are not shown

export const motionless = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;

export class Reader {
  private shown = '';
  private waiting = 0;
  private arrived = (): void => undefined;
  private readonly figure = signal(''); // the chapter whose state the figure has; '' while it comes
  private readonly last = signal(''); // the one whose state it had last

  /** @param at the chapter that is read; '' where the story begins, null elsewhere */
  constructor(
    private readonly app: Shown,
    private readonly at: Signal<string | null>,
  ) {}

  get chapter(): Chapter {
    return chapterNamed(this.at.value ?? '');
  }

  /** The figure follows the chapter that is read; the answer ends it.
   *  @param arrived is called when it has the chapter's state */
  start(arrived: () => void): () => void {
    this.arrived = arrived;
    const stop = effect(() => {
      if (this.at.value === null || this.app.description.value === null || this.chapter.id === this.shown) return;
      clearTimeout(this.waiting);
      this.waiting = window.setTimeout(() => this.show(), patienceMs);
    });
    return () => {
      stop();
      clearTimeout(this.waiting);
    };
  }

  /** The chapter that the figure is of: while the state of another comes, the last one. */
  get drawn(): Chapter {
    return this.last.value === '' ? this.chapter : chapterNamed(this.last.value);
  }

  /** Whether the figure has this chapter's state. */
  isShown = (id: string): boolean => this.figure.value === id;

  /** The text has been scrolled to this chapter. */
  scrolled(id: string): void {
    if (this.at.peek() !== null && this.chapter.id !== id) this.at.value = id;
  }

  /** Something in this chapter is about to be used: the figure has its state at once. */
  use(id: string): void {
    if (this.shown === id || this.app.description.peek() === null) return;
    this.at.value = id;
    this.show();
  }

  /** Shows the chapter's state as a link would, with no way back to what the figure showed before. */
  private show(): void {
    clearTimeout(this.waiting);
    const { app } = this;
    const { id, state, trains } = chapterNamed(this.at.peek() ?? '');
    this.shown = id;
    const { state: wanted } = app.links.readHash(state);
    const now = app.state.peek();
    const changed = (Object.keys(wanted) as (keyof State)[]).filter((key) => JSON.stringify(wanted[key]) !== JSON.stringify(now[key]));
    const arrive = () => {
      this.figure.value = this.last.value = id;
      // A network that has arrived in the chapter before stays.
      const rests = (app.readings.peek()?.status.rest ?? '') !== '';
      if (trains && !rests && !motionless()) app.play();
      this.arrived();
    };
    if (changed.some((key) => !app.links.viewKeys.has(key))) {
      this.figure.value = '';
      app.places.forget();
      void app.navigate(state, app.places.at.peek() + 1).then(() => {
        if (this.shown === id) arrive();
      });
      return;
    }
    if (changed.length > 0) app.update(Object.fromEntries(changed.map((key) => [key, wanted[key]])));
    arrive();
  }
}
