// The flow's time: it runs at a pace one can follow, rests at the ends, and can be set by hand.
import { effect, signal, type ReadonlySignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { nice } from '../../drawing/svg';
import type { Picture } from './follow';

const seconds = 6;
const longestFrame = 0.1; // seconds: a page that was hidden goes on where it was

export class Player {
  /** How far the flow is, 0 to 1. */
  readonly at = signal(0);
  readonly playing = signal(false);
  private shown = ''; // what has been played

  /** Plays what comes, until it is stopped; another flow, not another place of a point, begins anew. */
  start(pictures: ReadonlySignal<Picture[]>): () => void {
    let frame = 0;
    let last = 0;
    const move = (now: number) => {
      const passed = Math.max(0, Math.min(longestFrame, (now - last) / 1000)); // a frame may have begun before it was asked for
      this.at.value = Math.min(1, this.at.value + passed / seconds);
      last = now;
      if (this.at.value === 1) this.playing.value = false;
      else frame = requestAnimationFrame(move);
    };
    const stops = [
      effect(() => {
        cancelAnimationFrame(frame);
        if (!this.playing.value) return;
        last = performance.now();
        frame = requestAnimationFrame(move);
      }),
      effect(() => {
        if (pictures.value.length === 0) return;
        const kind = pictures.value.map((now) => `${now.settings.kind} ${now.which} ${now.description.experiment.data.preset ?? ''}`).join();
        if (kind === this.shown) return;
        this.shown = kind;
        this.replay();
      }),
    ];
    return () => {
      for (const stop of stops) stop();
      cancelAnimationFrame(frame);
      this.playing.value = false;
      this.shown = '';
    };
  }

  /** From the start; where less motion is asked for, the ends at once. */
  private replay(): void {
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.at.value = still ? 1 : 0;
    this.playing.value = !still;
  }

  toggle(): void {
    if (!this.playing.value && this.at.value === 1) this.at.value = 0;
    this.playing.value = !this.playing.value;
  }
  /** By hand, where it then rests. */
  set(at: number): void {
    this.playing.value = false;
    this.at.value = at;
  }
}

/** The time of flows that go side by side, at this part of the longest: r, or sigma. */
export function timeAt(pictures: Picture[], at: number): number {
  const spans = pictures.map(({ result: { times } }) => [times[0]!, times.at(-1)!] as const);
  const [from, to] = spans.reduce((a, b) => (Math.abs(b[1] - b[0]) > Math.abs(a[1] - a[0]) ? b : a));
  return from + at * (to - from);
}

/** How far a flow is at this time, 0 to 1. */
export function partAt({ result: { times } }: Picture, time: number): number {
  return Math.min(1, Math.max(0, (time - times[0]!) / (times.at(-1)! - times[0]!)));
}

function timeText(pictures: Picture[], at: number): string {
  const time = timeAt(pictures, at);
  if (pictures[0]!.settings.kind === 'score') return `r = ${time.toFixed(1)}`;
  return `σ = ${at === 1 ? '0' : nice(Number(time.toPrecision(2)))}`;
}

interface Props {
  player: Player;
  pictures: ReadonlySignal<Picture[]>;
}

/** Play and the slider of the flow's time. */
export function PlayerBar({ player, pictures }: Props) {
  useEffect(() => player.start(pictures), []);
  const none = pictures.value.length === 0;
  const at = player.at.value;
  const text = none ? '' : timeText(pictures.value, at);
  return (
    <div class="player" role="group" aria-label="The flow’s time">
      <button type="button" data-testid="flow-play" disabled={none} onClick={() => player.toggle()}>
        {player.playing.value ? 'Hold' : at === 1 ? 'Play again' : 'Play the flow'}
      </button>
      <input
        class="slider"
        type="range"
        aria-label="Time of the flow, from noise to the ends"
        aria-valuetext={text}
        data-testid="flow-time"
        min={0}
        max={1}
        step={0.01}
        value={at}
        disabled={none}
        onInput={(event) => player.set(event.currentTarget.valueAsNumber)}
      />
      <output data-testid="flow-now">{text}</output>
    </div>
  );
}
