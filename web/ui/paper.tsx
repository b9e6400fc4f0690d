// On paper alone: the settings behind the figure, and the address that shows it again.
import { grouped, nice } from '../drawing/svg';
import { seldom } from '../store/seldom';
import type { Signals } from '../store/signals';
import type { Scene } from './scene';

const count = (n: number | undefined): string => grouped(n ?? 0);

interface Props {
  store: Pick<Signals, 'state' | 'description' | 'dragging' | 'pace'>;
  scene: Pick<Scene, 'title' | 'written'>;
  address?: () => string; // where it has one
}

export function OnPaper({ store, scene, address }: Props) {
  const { description, state, at } = seldom(store, () => ({ description: store.description.value, state: store.state.value, at: address?.() }));
  if (description === null) return null;
  const { noise, training } = description.experiment;
  const kind = state.noise === 'balls' ? `in balls of radius ${nice(description.radius)}` : `Gaussian of level ${nice(state.level)}, ${state.noise === 'fresh' ? 'anew at every step' : 'fixed'}`;
  const method = state.method === 'weight-decay' ? `weight decay of ${nice(state.lambda)}` : 'augmented Lagrangian';
  return (
    <dl class="on-paper" data-testid="on-paper">
      <dt>Data</dt>
      <dd>
        {scene.title}: {scene.written(state)}
      </dd>
      <dt>Noise</dt>
      <dd>
        {kind}; {count(noise?.samples)} samples a point, seed {state.noiseSeed}
      </dd>
      <dt>Training</dt>
      <dd>
        {method}; width {count(training?.width)}, learning rate {nice(state.rate)}, schedule of {count(training?.steps)} steps, seed {state.seed}
        {state.subspace && ", in the points’ hull"}
      </dd>
      {at !== undefined && (
        <>
          <dt>Address</dt>
          <dd>{at}</dd>
        </>
      )}
    </dl>
  );
}
