// The figure, the words and the controls of the flow: loaded after the first figure, or when they are
// shown.
import { useEffect } from 'preact/hooks';
import type { Commands, Signals } from '../../store/signals';
import { LossCurve } from '../../ui/loss';
import { distanceSentence } from '../../ui/sentences';
import { heldOf } from '../points/drag';
import { PointFigure } from '../points/figure';
import { ofData } from '../points/of_data';
import { probeOf } from '../points/probe';
import { plotOf } from '../points/square';
import { Ends } from './census';
import { FlowControls, FlowLayers } from './controls';
import { drawFlow, type FlowInputs } from './figure';
import { Flow, thresholdOf, type Picture } from './follow';
import { Legend } from './legend';
import { Model } from './model';
import { Player, PlayerBar, timeAt } from './player';
import { calledOf, captionOf, knownOf } from './sentences';
import './flow.css';

/** Whether the particles flowed among other clean points than those that stand now. */
const isOfOthers = (picture: Picture | null, accepted: number[][]): boolean => picture !== null && JSON.stringify(picture.points) !== JSON.stringify(accepted);

export function flowView(store: Signals & Commands) {
  const model = new Model();
  const particles = new Flow(store, model);
  const player = new Player();
  const data = ofData(store, 2, ({ view, accepted, description }) => ({ view, accepted, description }));
  const threshold = () => {
    const description = store.description.value;
    return description === null ? NaN : thresholdOf(store.state.value, description);
  };
  /** Of the noise balls at this time. */
  const radius = (at: number): number => {
    const picture = particles.picture.value;
    if (picture === null || picture.which === 'empirical-mmse') return 0;
    const { kind, alpha } = picture.settings;
    return kind === 'score' ? picture.description.radius : alpha! * timeAt(picture, at);
  };
  const inputs = (): FlowInputs | null => {
    const now = data.value;
    if (now === null) return null;
    const at = player.at.value;
    return {
      view: now.view,
      accepted: now.accepted,
      layers: new Set(store.state.value.layers),
      ...heldOf(store, now.accepted),
      picture: particles.picture.value,
      radius: radius(at),
      at,
      stale: particles.problem.value !== null || (particles.working.value && isOfOthers(particles.picture.value, now.accepted)),
      probe: probeOf(store),
    };
  };
  function Figure() {
    useEffect(() => particles.start(), []);
    const picture = particles.picture.value;
    const problem = particles.problem.value;
    const { flow, flowOf } = store.state.value;
    const untrained = flow === 'probability' && flowOf === 'trained' && picture !== null && picture.which !== 'trained';
    const { embed } = store.state.value;
    const refused = problem === null || embed || picture === null ? problem?.message : 'What is shown is the last flow that could be followed.';
    const said = particles.working.value ? 'Following the particles …' : untrained ? `No diffusion model has been trained for these settings: ${calledOf(picture)} is shown.` : '';
    return (
      <div class="stage">
        <PointFigure
          store={store}
          class="flow-figure square-figure"
          label="Particles that flow from noise towards the clean points"
          inputs={inputs}
          draw={drawFlow}
          plotOf={plotOf}
        >
          <PlayerBar player={player} picture={particles.picture} />
        </PointFigure>
        <Legend layers={store.state.value.layers} picture={picture} balls={picture !== null && picture.which !== 'empirical-mmse'} />
        <div class="beside">
          <Ends picture={picture} threshold={threshold()} />
          <p class="following" data-testid="following" role="status">
            {refused ?? said}
          </p>
          <LossCurve store={store} />
        </div>
      </div>
    );
  }
  function Caption() {
    const picture = particles.picture.value;
    return (
      <>
        {picture === null ? '' : `${captionOf(picture)} ${knownOf(store, picture)}`} {distanceSentence(store)}
      </>
    );
  }
  return {
    Figure,
    Caption,
    Controls: () => <FlowControls store={store} flow={particles} model={model} />,
    ViewControls: () => <FlowLayers store={store} />,
  };
}
