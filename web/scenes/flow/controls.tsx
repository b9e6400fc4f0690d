import type { ReadonlySignal } from '@preact/signals';
import type { FlowDenoiser, FlowKind, Sampler, Schedule } from '../../minimum_cost';
import { NumberField, SelectField } from '../../ui/fields';
import { Layers } from '../../ui/layers';
import { TrainModel } from '../../ui/train_model';
import type { DiffusionModel } from '../../store/diffusion_model';
import type { Commands, Refusal, Signals } from '../../store/signals';
import type { State } from '../../store/state';
import { flowing, modelOf, sigmaRange, thresholdOf, type Flow, type FlowStore } from './follow';

type Store = FlowStore & Pick<Signals, 'draft'> & Pick<Commands, 'update'>;

const names: Record<FlowDenoiser, string> = {
  'closed-form': 'Closed form',
  'minimum-cost': 'Minimum cost (certified)',
  'empirical-mmse': 'Empirical MMSE',
  trained: 'Trained',
};

/** The button of the model whose probability flow is then shown. */
function Train({ store, flow, model }: { store: Store; flow: Flow; model: DiffusionModel }) {
  const description = store.description.value;
  const sigma = store.state.value.sigma ?? flow.picture.value?.settings.sigma;
  const train = async () => {
    const { alpha, sigma: asked } = store.state.value;
    const of = store.configuration.value;
    if (!(await model.train(store.engine.value!, description!.experiment, sigma!, alpha))) return;
    // What the reader has changed meanwhile stays as it is.
    const now = store.state.value;
    if (now.scene === 'flow' && now.alpha === alpha && now.sigma === asked && store.configuration.value === of) {
      store.update({ flowOf: 'trained', sigma: sigma! });
    }
  };
  const there = description !== null && modelOf(model, store.state.value, description) !== null;
  return <TrainModel model={model} there={there} disabled={description === null || sigma === undefined} train={train} />;
}

/** What flows, from where and how. */
export function FlowControls({ store, flow, refusal, model }: { store: Store; flow: Flow; refusal: ReadonlySignal<Refusal | null>; model: DiffusionModel }) {
  const state = store.state.value;
  const description = store.description.value;
  const said = { refusal, description: store.description };
  const trained = description !== null && modelOf(model, state, description) !== null;
  const which = description === null ? state.flowOf : flowing(state, description, trained);
  const there = description?.denoisers.map(({ name }) => name) ?? [];
  const choices = (Object.keys(names) as FlowDenoiser[]).filter((name) => there.includes(name) && (name !== 'trained' || state.flow === 'score' || trained));
  const beside = choices.filter((name) => name !== which);
  if (state.besideOf !== 'none' && !beside.includes(state.besideOf)) beside.push(state.besideOf);
  const sigma = description === null ? null : sigmaRange(state, description);
  const scale = description?.diameter ?? 1;
  /** An empty field is no number that the module could be asked for. */
  const take = (key: keyof State, control: string, label: string) => (value: number) => {
    if (Number.isFinite(value)) store.update({ [key]: value });
    else flow.problem.value = { control, message: `${label} must be a number.` };
  };
  return (
    <>
      <SelectField<FlowKind>
        store={said}
        name="flow"
        label="Flow"
        explain="The probability flow of a diffusion model lowers the noise level as it goes, with a denoiser for each level; the score flow follows one denoiser until it rests."
        value={state.flow}
        choices={[
          ['probability', 'Probability flow'],
          ['score', 'Score flow'],
        ]}
        change={(kind) => store.update({ flow: kind, sigma: null })}
      />
      <SelectField<FlowDenoiser>
        store={said}
        name="flow-of"
        label="Of"
        explain="The denoiser h that particles follow. The page’s network is of one noise level, so it has a score flow only; a probability flow of networks needs the diffusion model."
        value={which}
        choices={choices.map((name) => [name, names[name]] as const)}
        change={(flowOf) => store.update({ flowOf })}
      />
      <SelectField<FlowDenoiser | 'none'>
        store={said}
        name="flow-beside"
        label="Beside it"
        explain="A second denoiser that the same starts follow, in a figure of its own at the same time of the flow."
        value={state.besideOf}
        choices={[['none', 'Nothing'], ...beside.map((name) => [name, names[name]] as const)]}
        change={(besideOf) => store.update({ besideOf })}
      />
      <NumberField
        store={said}
        name="sigma"
        label="Start σ"
        explain="Noise level σ of the starts, about the points’ mean; the probability flow’s denoisers begin there too."
        value={state.sigma ?? flow.picture.value?.settings.sigma ?? NaN}
        range={sigma?.range ?? [0.01, 1]}
        change={take('sigma', 'sigma', 'σ at the start')}
      />
      <NumberField
        store={said}
        name="alpha"
        label="ρ over σ, α"
        explain="Radius of the noise balls over the noise level: at level σ the denoiser fits balls of radius ασ."
        value={state.alpha}
        range={[0.25, 4]}
        log
        change={take('alpha', 'alpha', 'α')}
      />
      {state.flow === 'probability' && <Train store={store} flow={flow} model={model} />}
      {state.flow === 'probability' && which !== 'trained' && (
        <>
          <NumberField
            store={said}
            name="sampler-steps"
            label="Steps"
            explain="Noise levels at which the sampler asks the denoiser: steps down to σ = 0."
            value={state.samplerSteps}
            range={[1, 100]}
            log
            whole
            change={take('samplerSteps', 'sampler-steps', 'The number of steps')}
          />
          <SelectField<Schedule>
            store={said}
            name="levels"
            label="Levels"
            explain="How the noise levels lie between the start’s and a hundredth of it."
            value={state.levels}
            choices={[
              ['log-uniform', 'Equal ratios'],
              ['linear', 'Equal differences'],
              ['edm', 'EDM'],
            ]}
            change={(levels) => store.update({ levels })}
          />
        </>
      )}
      {state.flow === 'probability' && (
        <SelectField<Sampler>
          store={said}
          name="sampler"
          label="Sampler"
          explain="Euler steps are DDIM’s; Heun’s method asks twice a step and is of second order."
          value={state.sampler}
          choices={[
            ['euler', 'Euler (DDIM)'],
            ['heun', 'Heun'],
          ]}
          change={(sampler) => store.update({ sampler })}
        />
      )}
      <NumberField
        store={said}
        name="particles"
        label="Particles"
        explain="How many starts are followed; intervals narrow as they grow."
        value={state.particles}
        range={[10, 2000]}
        log
        whole
        change={take('particles', 'particles', 'The number of particles')}
      />
      <NumberField
        store={said}
        name="flow-seed"
        label="Starts’ seed"
        explain="The same seed gives the same starts, and the same ends, in every browser."
        value={state.flowSeed}
        range={[1, 100]}
        whole
        change={take('flowSeed', 'flow-seed', 'The particles’ seed')}
      />
      <NumberField
        store={said}
        name="threshold"
        label="Nearness ε"
        explain="An end within ε of a training point is memorised; the other classes are told by the same ε, in this order."
        value={description === null ? NaN : thresholdOf(state, description)}
        range={[1e-4 * scale, 0.2 * scale]}
        log
        change={take('threshold', 'threshold', 'The threshold ε')}
      />
    </>
  );
}

type Layer = readonly [name: string, label: string, explain: string];
const path: Layer = ['path', 'Path of one start', 'A start to drag; beside the figure stand its times, and where it ends.'];
const trails: Layer = ['trails', 'Trails', 'The whole path of each particle.'];
const balls: Layer = ['balls', 'Noise balls', 'Their radius is ρ; in the probability flow it shrinks with σ as the flow goes.'];
const stationary: Layer = ['stationary', 'Stationary points', 'Where h(y) = y for the score flow’s network, with their stability.'];
const layers: Record<1 | 2, Layer[]> = {
  1: [path, trails, balls, stationary],
  2: [
    path,
    trails,
    ['basins', 'Map of ends', 'The class of the end of a start at each place; lines part starts of different ends.'],
    ['bends', 'Where ramps begin and end', 'The lines on which the denoiser bends; in the probability flow that of the first level.'],
    balls,
    stationary,
    ['frame', 'Box and virtual points', 'What ends are compared with: the box or simplex of the training points, with the sums of two and more.'],
  ],
};

/** What the figure shows. */
export const FlowLayers = ({ store, dimension }: { store: Parameters<typeof Layers>[0]['store']; dimension: 1 | 2 }) => <Layers store={store} layers={layers[dimension]} />;
