import type { App } from '../store/app';
import { Tip } from './tip';

const Icon = ({ path }: { path: string }) => (
  <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
    <path d={path} />
  </svg>
);

const words = {
  train: { text: 'Train', tip: 'Trains the network in this page, from its initial weights. The space bar does the same.' },
  pause: { text: 'Pause', tip: 'Holds training where it is. The space bar does the same.' },
  continue: { text: 'Continue', tip: 'Trains past the end of the schedule, where the rule of rest does not hold yet.' },
  again: { text: 'Train again', tip: 'Training rests here: this trains anew, from the same initial weights.' },
};

const states = { '': '', converged: 'Converged', unconverged: 'Not converged', diverged: 'Diverged' };

/** Train, step, reset, new seed, and where training rests, how. Space is the first of them. */
export function Transport({ app }: { app: App }) {
  const next = app.next.value;
  const rest = app.readings.value?.status.rest ?? '';
  const disabled = app.engine.value === null;
  return (
    <div class="transport" role="group" aria-label="Training">
      <span class="tipped">
        <button type="button" class="primary" data-testid="play" disabled={disabled} aria-pressed={next === 'pause'} aria-describedby="tip-play" onClick={() => app.proceed()}>
          <Icon path={next === 'pause' ? 'M4 3h3v10H4zM9 3h3v10H9z' : 'M4 2.5v11l9-5.5z'} />
          {words[next].text}
        </button>
        <Tip id="tip-play">{words[next].tip}</Tip>
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
        <Tip id="tip-reset">Back to the same initial weights, where training waits.</Tip>
      </span>
      <span class="tipped">
        <button type="button" data-testid="new-seed" disabled={disabled} aria-describedby="tip-new-seed" onClick={() => app.newSeed()}>
          New seed
        </button>
        <Tip id="tip-new-seed">Other initial weights.</Tip>
      </span>
      <span class={`rest ${rest}`} role="status" data-testid="status">
        {states[rest]}
      </span>
    </div>
  );
}
