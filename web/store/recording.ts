// What of a run is shown: the network as it stands, or a recorded moment, while the record is played at
// a pace one can follow or as it was chosen by hand.
import { computed, signal } from '@preact/signals';
import type { Recorded } from '../engine/protocol';

/** Seconds that a whole run takes. */
export const paces = { slow: 7, fast: 0.7, once: 0 };
export type Pace = keyof typeof paces;

const longestFrame = 0.1; // seconds: a page that was hidden goes on where it was
const slow = 2; // seconds: a run that takes longer is watched as it goes
const catchUp = 0.5; // seconds, to where it stands then

/** Less motion is asked for, or there is nobody to see it. */
const still = (): boolean => typeof matchMedia === 'undefined' || matchMedia('(prefers-reduced-motion: reduce)').matches;

export class Recording {
  readonly moments = signal<readonly Recorded[]>([]);
  /** The step whose moment is shown; null: the network as it stands. */
  readonly at = signal<number | null>(null);
  readonly playing = signal(false);
  readonly pace = signal<Pace>(still() ? 'once' : 'slow');
  /** The last step of the run, as far as it has come. */
  readonly last = computed(() => this.moments.value.at(-1)?.step ?? 0);
  /** Whether it has come to rest there. */
  readonly ended = computed(() => ['rest', 'refit'].includes(this.moments.value.at(-1)?.event?.kind ?? ''));
  private start = 0; // the moment from which it is played
  private head = 0; // where it is, in moments
  private seconds = 0; // since it began
  private frame = 0;

  /** @param show asks for snapshots of a moment @param moves whether the run goes on */
  constructor(
    private readonly show: (step: number | null) => void,
    private readonly moves: () => boolean,
  ) {}

  /** The record has grown: its first `kept` moments are as they were. */
  take(kept: number, more: Recorded[]): void {
    this.moments.value = [...this.moments.peek().slice(0, kept), ...more];
  }

  /** Another run begins. */
  clear(): void {
    if (this.moments.peek().length > 0) this.moments.value = [];
    this.live();
  }

  /** Training goes on: what it does is played, from where it stands. */
  follow(): void {
    if (this.pace.peek() === 'once') this.live();
    else this.play(Math.max(0, this.moments.peek().length - 1));
  }
  /** The record is played once more. */
  again(): void {
    if (this.pace.peek() !== 'once' && this.moments.peek().length > 1) this.play(0);
  }

  private play(from: number): void {
    this.start = this.head = from;
    this.seconds = 0;
    this.playing.value = true;
    this.set(this.moments.peek()[from]?.step ?? 0);
    cancelAnimationFrame(this.frame);
    let last = performance.now();
    const move = (now: number) => {
      const passed = Math.max(0, Math.min(longestFrame, (now - last) / 1000)); // a frame may have begun before it was asked for
      last = now;
      this.advance(passed);
      if (this.playing.peek()) this.frame = requestAnimationFrame(move);
    };
    this.frame = requestAnimationFrame(move);
  }

  private advance(passed: number): void {
    const moments = this.moments.peek();
    const end = moments.length - 1;
    const pace = paces[this.pace.peek()];
    const moves = this.moves();
    this.seconds += passed;
    const late = moves && this.seconds > slow;
    const rate = Math.max((end - this.start) / pace, late ? (end - this.head + 1) / catchUp : 0);
    this.head = Math.min(this.head + passed * rate, Math.max(end, 0));
    if (this.head > end - 1 && (late || (!moves && this.head === end))) return this.live();
    this.set(moments[Math.floor(this.head)]?.step ?? 0);
  }

  /** Shows the moment nearest to this step; past the last one, the network as it stands. */
  scrub(step: number): void {
    if (step >= this.last.peek()) return this.live();
    this.stop();
    this.set(step);
  }
  live(): void {
    this.stop();
    this.set(null);
  }

  setPace(pace: Pace): void {
    this.pace.value = pace;
    if (pace === 'once' && this.playing.peek()) this.live();
  }

  private stop(): void {
    this.playing.value = false;
    cancelAnimationFrame(this.frame);
  }
  private set(step: number | null): void {
    if (this.at.peek() === step) return;
    this.at.value = step;
    this.show(step);
  }
}
