import type { App } from '../app';
import { Tip } from './tip';

const Icon = ({ path }: { path: string }) => (
  <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
    <path d={path} />
  </svg>
);

/** Train, step, reset, new seed. Space is play and pause. */
export function Transport({ app }: { app: App }) {
  const playing = app.playing.value;
  const disabled = app.engine.value === null;
  return (
    <div class="transport" role="group" aria-label="Training">
      <span class="tipped">
        <button type="button" class="primary" data-testid="play" disabled={disabled} aria-pressed={playing} aria-describedby="tip-play" onClick={() => (playing ? app.pause() : app.play())}>
          <Icon path={playing ? 'M4 3h3v10H4zM9 3h3v10H9z' : 'M4 2.5v11l9-5.5z'} />
          {playing ? 'Pause' : 'Train'}
        </button>
        <Tip id="tip-play">Trains the network in this page, from its initial weights. The space bar does the same.</Tip>
      </span>
      <span class="tipped">
        <button type="button" data-testid="step" disabled={disabled} aria-describedby="tip-step" onClick={() => app.step()}>
          Step
        </button>
        <Tip id="tip-step">One training step over all samples.</Tip>
      </span>
      <span class="tipped">
        <button type="button" data-testid="reset" disabled={disabled} aria-describedby="tip-reset" onClick={() => app.reset()}>
          Reset
        </button>
        <Tip id="tip-reset">Back to the same initial weights.</Tip>
      </span>
      <span class="tipped">
        <button type="button" data-testid="new-seed" disabled={disabled} aria-describedby="tip-new-seed" onClick={() => app.newSeed()}>
          New seed
        </button>
        <Tip id="tip-new-seed">Other initial weights.</Tip>
      </span>
    </div>
  );
}
