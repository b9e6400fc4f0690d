import type { ComponentChildren } from 'preact';
import type { Description } from '../denoise';
import type { Commands, Signals } from '../store/signals';
import type { Method, NoiseKind, State } from '../store/state';
import { CheckField, NumberField, SelectField } from './fields';
import type { ShownScene } from './scene';

type Store = Pick<Signals, 'draft' | 'description' | 'refusal'> & Pick<Commands, 'update'>;

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
  const widest = description && Number.isFinite(description.greatest_radius) ? description.greatest_radius : 1;
  const typical = Math.sqrt(2 * Math.log(Math.max(2, samples)));
  const radius: [number, number] = [widest * 0.02, widest * 0.98];
  return { radius, level: [radius[0] / typical, radius[1] / typical] };
}

const Numbers = ({ store, of: controls }: { store: Store; of: NumberControl[] }) => (
  <>
    {controls.map(({ of, ...field }) => (
      <NumberField key={of} store={store} {...field} value={store.draft.value[of]} change={(value) => store.update({ [of]: value }, of)} />
    ))}
  </>
);

function NoiseControls({ store }: { store: Store }) {
  const state = store.draft.value;
  const description = store.description.value;
  const ranges = noiseRanges(description, state.samples);
  return (
    <Group title="Noise">
      <SelectField<NoiseKind>
        store={store}
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
          store.update(noise !== 'balls' && state.noise === 'balls' ? { noise, level } : { noise });
        }}
      />
      {state.noise === 'balls' ? (
        <NumberField
          store={store}
          name="radius"
          label="Radius ρ"
          explain="The network must send every y within ρ of a clean point to it; balls must not touch."
          value={state.radius ?? description?.radius ?? NaN}
          range={ranges.radius}
          change={(radius) => store.update({ radius }, 'radius')}
        />
      ) : (
        <NumberField
          store={store}
          name="level"
          label="Level σ"
          explain="Standard deviation of the noise in each coordinate."
          value={state.level}
          range={ranges.level}
          change={(level) => store.update({ level }, 'level')}
        />
      )}
      <Numbers store={store} of={sampling} />
    </Group>
  );
}

function TrainingControls({ store, offersHull }: { store: Store; offersHull: boolean }) {
  const state = store.draft.value;
  return (
    <Group title="Training">
      <SelectField<Method>
        store={store}
        name="method"
        label="Method"
        explain="Augmented Lagrangian reaches the interpolating network of least cost; weight decay stops short of it by an amount of order λ."
        value={state.method}
        choices={[
          ['augmented-lagrangian', 'Augmented Lagrangian'],
          ['weight-decay', 'Weight decay'],
        ]}
        change={(method) => store.update({ method })}
      />
      {state.method === 'weight-decay' && <Numbers store={store} of={decay} />}
      <Numbers store={store} of={training} />
      {(offersHull || state.subspace) && (
        <CheckField
          store={store}
          name="subspace"
          label="Train in the points’ hull"
          explain="In the coordinates of the affine hull of the clean points, where the minimum-cost denoiser lives: N − 1 numbers for N images instead of one for each pixel. The noise is drawn there too. Without it a step took some 200 times as long for three digits."
          value={state.subspace}
          change={(subspace) => store.update({ subspace })}
        />
      )}
    </Group>
  );
}

/** Undo and redo. They stay reachable when there is nothing to do, so that the focus stays too. */
const Steps = ({ store }: { store: Pick<Signals, 'canUndo' | 'canRedo'> & Pick<Commands, 'undo' | 'redo'> }) => (
  <div class="buttons" role="group" aria-label="Changes">
    <button type="button" data-testid="undo" aria-disabled={!store.canUndo.value} aria-keyshortcuts="Control+Z Meta+Z" onClick={() => store.undo()}>
      Undo
    </button>
    <button type="button" data-testid="redo" aria-disabled={!store.canRedo.value} aria-keyshortcuts="Control+Shift+Z Meta+Shift+Z" onClick={() => store.redo()}>
      Redo
    </button>
  </div>
);

interface ControlsProps {
  store: Store & Parameters<typeof Steps>[0]['store'];
  scene: ShownScene;
  offersHull: boolean;
  own: ComponentChildren; // a reader's own data, loaded after the first figure
}

/** Data, what the scene adds to it, noise, training, view: in the order of the theory. */
export function Controls({ store, scene, offersHull, own }: ControlsProps) {
  return (
    <aside class="controls" aria-label="Controls">
      <Group title="Data">
        <scene.DataControls />
        <div class="own-data">{own}</div>
        <Steps store={store} />
      </Group>
      {scene.own !== undefined && (
        <Group title={scene.own.title}>
          <scene.own.Controls />
        </Group>
      )}
      <NoiseControls store={store} />
      <TrainingControls store={store} offersHull={offersHull} />
      <Group title="View">
        <scene.ViewControls />
      </Group>
    </aside>
  );
}
