import type { ComponentChildren } from 'preact';
import type { App } from '../app';
import type { Scene } from '../scenes/scene';
import type { Method, NoiseKind } from '../state';
import { NumberField, SelectField } from './fields';

const Group = ({ title, children }: { title: string; children: ComponentChildren }) => (
  <fieldset>
    <legend>{title}</legend>
    {children}
  </fieldset>
);

function NoiseControls({ app }: { app: App }) {
  const state = app.draft.value;
  const description = app.description.value;
  const widest = description && Number.isFinite(description.greatestRadius) ? description.greatestRadius : 1;
  const typical = Math.sqrt(2 * Math.log(Math.max(2, state.samples)));
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
          range={[widest * 0.02, widest * 0.98]}
          change={(radius) => app.update({ radius })}
        />
      ) : (
        <NumberField
          app={app}
          name="level"
          label="Level σ"
          explain="Standard deviation of the noise in each coordinate."
          value={state.level}
          range={[(widest * 0.02) / typical, (widest * 0.98) / typical]}
          change={(level) => app.update({ level })}
        />
      )}
      <NumberField
        app={app}
        name="samples"
        label="Samples M"
        explain="How many noisy samples of each clean point the network sees."
        value={state.samples}
        range={[2, 1000]}
        log
        whole
        change={(samples) => app.update({ samples })}
      />
      <NumberField
        app={app}
        name="noise-seed"
        label="Noise seed"
        explain="The same seed draws the same samples in every browser."
        value={state.noiseSeed}
        range={[1, 100]}
        whole
        change={(noiseSeed) => app.update({ noiseSeed })}
      />
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
      {state.method === 'weight-decay' && (
        <NumberField
          app={app}
          name="lambda"
          label="Decay λ"
          explain="Weight decay: the weight of the cost C beside the loss."
          value={state.lambda}
          range={[1e-7, 1e-1]}
          log
          change={(lambda) => app.update({ lambda })}
        />
      )}
      <NumberField
        app={app}
        name="rate"
        label="Learning rate"
        explain="Adam’s step size at the start; it falls along a cosine."
        value={state.rate}
        range={[1e-5, 1]}
        log
        change={(rate) => app.update({ rate })}
      />
      <NumberField
        app={app}
        name="width"
        label="Width K"
        explain="How many ReLU neurons the network has."
        value={state.width}
        range={[1, 4000]}
        log
        whole
        change={(width) => app.update({ width })}
      />
      <NumberField
        app={app}
        name="schedule"
        label="Schedule"
        explain="Steps over which the learning rate falls."
        value={state.steps}
        range={[100, 1e6]}
        log
        whole
        change={(steps) => app.update({ steps })}
      />
      <NumberField
        app={app}
        name="seed"
        label="Seed"
        explain="Of the initial weights; the same seed trains the same network, bit for bit."
        value={state.seed}
        range={[1, 100]}
        whole
        change={(seed) => app.update({ seed })}
      />
    </Group>
  );
}

/** Data, noise, training, view: in the order of the theory. */
export function Controls({ app, scene }: { app: App; scene: Scene }) {
  return (
    <aside class="controls" aria-label="Controls">
      <Group title="Data">
        <scene.DataControls app={app} />
      </Group>
      <NoiseControls app={app} />
      <TrainingControls app={app} />
      <Group title="View">
        <scene.ViewControls app={app} />
      </Group>
    </aside>
  );
}
