// The record of a run under the reader's hand: a slider on the loss curve, the run played again at a
// pace, and what happened in it.
import { grouped, scientific } from '../drawing/svg';
import type { Recorded, RunEvent } from '../engine/protocol';
import type { Recording } from '../store/recording';
import type { Signals } from '../store/signals';
import { lastStep, margin } from './loss';
import { stepOf } from './sentences';
import './scrubber.css';

const page = 10; // moments

const count = grouped;

/** What happened, in a line. */
function happened(event: RunEvent): string {
  if (event.kind === 'solved') return 'output weights solved';
  if (event.kind === 'merged') return `neurons merged, ${count(event.from)} → ${count(event.to)}`;
  if (event.kind === 'refit') return 'output weights fitted anew, hyperplanes exchanged';
  return rests[event.rest];
}

const told = (m: Recorded): string => `step ${count(m.step)}: ${happened(m.event!)}`;

const rests = { '': 'at rest', converged: 'converged', unconverged: 'at rest, not converged', diverged: 'diverged' };

type Store = Pick<Signals, 'trace' | 'readings'> & { recording: Recording };

export function Scrubber({ store }: { store: Store }) {
  const { recording } = store;
  const moments = recording.moments.value;
  const at = recording.at.value;
  void store.readings.value; // the trace goes with it
  const last = lastStep(moments, store.trace.peek());
  const step = at ?? recording.last.value;
  const index = at === null ? moments.length - 1 : Math.max(0, moments.findIndex((m) => m.step >= at));
  const shown = moments[index];
  const go = (to: number) => recording.scrub(moments[Math.max(0, Math.min(moments.length - 1, to))]!.step);
  const moves: Record<string, () => void> = {
    ArrowLeft: () => go(index - 1),
    ArrowDown: () => go(index - 1),
    ArrowRight: () => go(index + 1),
    ArrowUp: () => go(index + 1),
    PageDown: () => go(index - page),
    PageUp: () => go(index + page),
    Home: () => go(0),
    End: () => recording.live(),
    Escape: () => recording.live(),
  };
  const events = moments.filter((m) => m.event !== undefined);
  const lately = events.filter((m) => m.step <= step).length - 1;
  const none = moments.length < 2;
  return (
    <div class="scrubber">
      <input
        type="range"
        data-testid="moment"
        style={{ left: `${margin.left - 12}px`, right: `${margin.right - 12}px` }}
        aria-label="Moment of the run"
        aria-valuetext={shown === undefined ? 'no run yet' : `${stepOf(step, recording)}, loss ${scientific(shown.loss)}`}
        min={0}
        max={Math.log1p(last)}
        step="any"
        value={Math.log1p(step)}
        disabled={none}
        onInput={(event) => recording.scrub(nearest(moments, Math.expm1(event.currentTarget.valueAsNumber)))}
        onKeyDown={(event) => {
          const move = moves[event.key];
          if (move === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
          event.preventDefault();
          move();
        }}
        onBlur={(event) => {
          // What is taken away, or kept, is of the moment that is shown.
          const to = event.relatedTarget as Element | null;
          if (!recording.playing.peek() && !to?.closest('.share-place, .compare')) recording.live();
        }}
      />
      <div class="buttons">
        <button type="button" data-testid="play-again" disabled={none || recording.pace.value === 'once'} onClick={() => recording.again()}>
          Play again
        </button>
        <label>
          Pace{' '}
          <select data-testid="pace" value={recording.pace.value} onChange={(event) => recording.setPace(event.currentTarget.value as 'slow')}>
            <option value="slow">1× (7 s)</option>
            <option value="fast">10×</option>
            <option value="once">at once</option>
          </select>
        </label>
      </div>
      <p>{lately < 0 ? '' : `${lately + 1} · ${told(events[lately]!)}`}</p>
      <ol class="unseen" aria-label="What happened in this run" data-testid="events">
        {events.map((m) => (
          <li key={m.step}>{told(m)}</li>
        ))}
      </ol>
    </div>
  );
}

/** The step of the moment nearest to a place of the axis. */
function nearest(moments: readonly Recorded[], step: number): number {
  const off = (m: Recorded) => Math.abs(Math.log1p(m.step) - Math.log1p(step));
  return moments.reduce((best, m) => (off(m) < off(best) ? m : best)).step;
}
