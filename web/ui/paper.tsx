// On paper alone: the settings behind the figure, and the address that shows it again.
import type { App } from '../store/app';
import { nice } from '../drawing/svg';
import type { Scene } from './scene';
import { linkOf } from './share';

const count = (n: number | undefined): string => (n ?? 0).toLocaleString('en');
const most = 30; // points that are written out

function dataOf(app: App): string {
  const { preset, points, images } = app.state.value;
  if (images.length > 0) return `images ${images.join(', ')} of MNIST`;
  if (preset !== '') return `preset ${preset}`;
  const written = points.slice(0, most).map((p) => `(${p.join(', ')})`).join(', ');
  return `${points.length} points ${written}${points.length > most ? ', and more in the address' : ''}`;
}

export function OnPaper({ app, scene }: { app: App; scene: Scene }) {
  const description = app.description.value;
  if (description === null) return null;
  const state = app.state.value;
  const { noise, training } = description.experiment;
  const kind = state.noise === 'balls' ? `in balls of radius ${nice(description.radius)}` : `Gaussian of level ${nice(state.level)}, ${state.noise === 'fresh' ? 'anew at every step' : 'fixed'}`;
  const method = state.method === 'weight-decay' ? `weight decay of ${nice(state.lambda)}` : 'augmented Lagrangian';
  return (
    <dl class="on-paper" data-testid="on-paper">
      <dt>Data</dt>
      <dd>
        {scene.title}: {dataOf(app)}
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
      <dt>Address</dt>
      <dd>{linkOf(app)}</dd>
    </dl>
  );
}
