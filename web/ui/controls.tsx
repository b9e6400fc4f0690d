import type { ComponentChildren } from 'preact';
import type { App } from '../store/app';
import type { Description } from '../denoise';
import type { Scene } from './scene';
import type { Method, NoiseKind, State } from '../store/state';
import { CheckField, NumberField, SelectField } from './fields';

const Group = ({ title, children }: { title: string; children: ComponentChildren }) => (
  <fieldset>
    <legend>{title}</legend>
    {children}
  </fieldset>
);

/** A number of the state with the field that sets it. */
interface NumberControl {
  of: { [K in keyof State]: State[K] extends number ? K : never }[keyof State];
  name: string; // of the control, as in the link
  label: string;
  explain: string;
  range: [number, number];
  log?: boolean;
  whole?: boolean;
}

const sampling: NumberControl[] = [
  {
    of: 'samples',
    name: 'samples',
    label: 'Samples M',
    explain: 'How many noisy samples of each clean point the network sees.',
    range: [2, 1000],
    log: true,
    whole: true,
  },
  {
    of: 'noiseSeed',
    name: 'noise-seed',
    label: 'Noise seed',
    explain: 'The same seed draws the same samples in every browser.',
    range: [1, 100],
    whole: true,
  },
];

const decay: NumberControl[] = [
  {
    of: 'lambda',
    name: 'lambda',
    label: 'Decay λ',
    explain: 'Weight decay: the weight of the cost C beside the loss.',
    range: [1e-7, 1e-1],
    log: true,
  },
];

const training: NumberControl[] = [
  {
    of: 'rate',
    name: 'rate',
    label: 'Learning rate',
    explain: 'Adam’s step size at the start; it falls along a cosine.',
    range: [1e-5, 1],
    log: true,
  },
  {
    of: 'width',
    name: 'width',
    label: 'Width K',
    explain: 'How many ReLU neurons the network has.',
    range: [1, 4000],
    log: true,
    whole: true,
  },
  {
    of: 'steps',
    name: 'schedule',
    label: 'Schedule',
    explain: 'Steps over which the learning rate falls.',
    range: [100, 1e6],
    log: true,
    whole: true,
  },
  {
    of: 'seed',
    name: 'seed',
    label: 'Seed',
    explain: 'Of the initial weights; the same seed trains the same network, bit for bit.',
    range: [1, 100],
    whole: true,
  },
];

/** The sliders of numbers: which number of the state, and its ends. */
export const numbers: readonly NumberControl[] = [...sampling, ...decay, ...training];

/** The ends of the sliders of the radius and of the level: from small to nearly touching. */
export function noiseRanges(description: Description | null, samples: number): Record<'radius' | 'level', [number, number]> {
  const widest = description && Number.isFinite(description.greatestRadius) ? description.greatestRadius : 1;
  const typical = Math.sqrt(2 * Math.log(Math.max(2, samples)));
  const radius: [number, number] = [widest * 0.02, widest * 0.98];
  return { radius, level: [radius[0] / typical, radius[1] / typical] };
}

const Numbers = ({ app, of: controls }: { app: App; of: NumberControl[] }) => (
  <>
    {controls.map(({ of, ...field }) => (
      <NumberField key={of} app={app} {...field} value={app.draft.value[of]} change={(value) => app.update({ [of]: value }, of)} />
    ))}
  </>
);

function NoiseControls({ app }: { app: App }) {
  const state = app.draft.value;
  const description = app.description.value;
  const ranges = noiseRanges(description, state.samples);
  return (
    <Group title="Noise">
      <SelectField<NoiseKind>
        app={app}
        name="noise"
        label="Kind"
        explain="Samples in and on a ball around each clean point, as in the theory; or Gaussian samples, drawn once or anew at every step."
        value={state.noise}
        choices={[
          ['balls', 'In balls'],
          ['gaussian', 'Gaussian, fixed'],
          ['fresh', 'Gaussian, fresh'],
        ]}
        change={(noise) => {
          // The level whose typical radius is the present one, so that the picture stays comparable.
          const typical = ranges.radius[1] / ranges.level[1];
          const level = Number(((description?.radius ?? 0.2) / typical).toPrecision(3));
          app.update(noise !== 'balls' && state.noise === 'balls' ? { noise, level } : { noise });
        }}
      />
      {state.noise === 'balls' ? (
        <NumberField
          app={app}
          name="radius"
          label="Radius ρ"
          explain="The network must send every y within ρ of a clean point to it; balls must not touch."
          value={state.radius ?? description?.radius ?? NaN}
          range={ranges.radius}
          change={(radius) => app.update({ radius }, 'radius')}
        />
      ) : (
        <NumberField
          app={app}
          name="level"
          label="Level σ"
          explain="Standard deviation of the noise in each coordinate."
          value={state.level}
          range={ranges.level}
          change={(level) => app.update({ level }, 'level')}
        />
      )}
      <Numbers app={app} of={sampling} />
    </Group>
  );
}

function TrainingControls({ app }: { app: App }) {
  const state = app.draft.value;
  return (
    <Group title="Training">
      <SelectField<Method>
        app={app}
        name="method"
        label="Method"
        explain="Augmented Lagrangian reaches the interpolating network of least cost; weight decay stops short of it by an amount of order λ."
        value={state.method}
        choices={[
          ['augmented-lagrangian', 'Augmented Lagrangian'],
          ['weight-decay', 'Weight decay'],
        ]}
        change={(method) => app.update({ method })}
      />
      {state.method === 'weight-decay' && <Numbers app={app} of={decay} />}
      <Numbers app={app} of={training} />
      {(state.scene === 'images' || state.subspace) && (
        <CheckField
          app={app}
          name="subspace"
          label="Train in the points’ hull"
          explain="In the coordinates of the affine hull of the clean points, where the minimum-cost denoiser lives: N − 1 numbers for N images instead of one for each pixel. The noise is drawn there too."
          value={state.subspace}
          change={(subspace) => app.update({ subspace })}
        />
      )}
    </Group>
  );
}

/** Undo and redo. They stay reachable when there is nothing to do, so that the focus stays too. */
const Steps = ({ app }: { app: App }) => (
  <div class="buttons" role="group" aria-label="Changes">
    <button type="button" data-testid="undo" aria-disabled={!app.places.canUndo.value} aria-keyshortcuts="Control+Z Meta+Z" onClick={() => app.undo()}>
      Undo
    </button>
    <button type="button" data-testid="redo" aria-disabled={!app.places.canRedo.value} aria-keyshortcuts="Control+Shift+Z Meta+Shift+Z" onClick={() => app.redo()}>
      Redo
    </button>
  </div>
);

/** Data, noise, training, view: in the order of the theory. */
export function Controls({ app, scene }: { app: App; scene: Scene }) {
  return (
    <aside class="controls" aria-label="Controls">
      <Group title="Data">
        <scene.DataControls app={app} />
        <Steps app={app} />
      </Group>
      <NoiseControls app={app} />
      <TrainingControls app={app} />
      <Group title="View">
        <scene.ViewControls app={app} />
      </Group>
    </aside>
  );
}
