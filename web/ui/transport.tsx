import type { ComponentChildren } from 'preact';
import type { Commands, Signals } from '../store/signals';
import { Tip } from './tip';
import { useUniqueId } from './unique';

const Icon = ({ path }: { path: string }) => (
  <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
    <path d={path} />
  </svg>
);

/** What the button that moves training does next, in words. */
export const moves = {
  train: { text: 'Train', tip: 'Trains the network in this page, from its weights as they stand. The space bar does the same.' },
  pause: { text: 'Pause', tip: 'Holds training where it is. The space bar does the same.' },
  continue: { text: 'Continue', tip: 'Trains past the end of the schedule, where the rule of rest does not hold yet.' },
  skip: { text: 'To the end', tip: 'The run is over and is being played: this shows what it ended with.' },
  again: { text: 'Train again', tip: 'Training rests here: this trains anew, from the same initial weights.' },
};

const states = { '': '', converged: 'Converged', unconverged: 'Not converged', diverged: 'Diverged' };

interface ButtonProps {
  name: string;
  tip: string;
  press: () => void;
  disabled: boolean;
  children: ComponentChildren;
  primary?: boolean;
  pressed?: boolean;
}

function Button({ name, tip, press, disabled, children, primary, pressed }: ButtonProps) {
  const id = useUniqueId(name);
  return (
    <span class="tipped">
      <button type="button" class={primary ? 'primary' : undefined} data-testid={name} disabled={disabled} aria-pressed={pressed} aria-describedby={id} onClick={press}>
        {children}
      </button>
      <Tip id={id}>{tip}</Tip>
    </span>
  );
}

interface Props {
  store: Pick<Signals, 'next' | 'readings' | 'engine'> & Pick<Commands, 'proceed' | 'step' | 'reset' | 'newSeed'>;
}

/** Train, step, reset, new seed, and where training rests, how. Space is the first of them. */
export function Transport({ store }: Props) {
  const next = store.next.value;
  const rest = store.readings.value?.status.rest ?? '';
  const disabled = store.engine.value === null;
  return (
    <div class="transport" role="group" aria-label="Training">
      <Button name="play" tip={moves[next].tip} press={() => store.proceed()} disabled={disabled} primary pressed={next === 'pause'}>
        <Icon path={next === 'pause' ? 'M4 3h3v10H4zM9 3h3v10H9z' : 'M4 2.5v11l9-5.5z'} />
        {moves[next].text}
      </Button>
      <Button name="step" tip="One training step over all samples." press={() => store.step()} disabled={disabled}>
        Step
      </Button>
      <Button name="reset" tip="Back to the same initial weights, where training waits." press={() => store.reset()} disabled={disabled}>
        Reset
      </Button>
      <Button name="new-seed" tip="Other initial weights." press={() => store.newSeed()} disabled={disabled}>
        New seed
      </Button>
      <span class={`rest ${rest}`} role="status" data-testid="status">
        {states[rest]}
      </span>
    </div>
  );
}
