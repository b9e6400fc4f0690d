// The figures, the words and the controls of the flow: loaded after the first figure, or when they are
// shown.
import { computed } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Figure as Drawing } from '../../drawing/figure';
import type { Commands, Signals } from '../../store/signals';
import { LossCurve } from '../../ui/loss';
import { distanceSentence } from '../../ui/sentences';
import { heldOf } from '../points/drag';
import { PointFigure } from '../points/figure';
import { ofData } from '../points/of_data';
import { probeOf } from '../points/probe';
import { plotOf } from '../points/square';
import { calledOf } from './called';
import { Ends } from './census';
import { FlowControls, FlowLayers } from './controls';
import { drawFlow, type FlowInputs } from './figure';
import { Flow, thresholdOf, type Picture } from './follow';
import { Legend } from './legend';
import { Model } from './model';
import { placeAtTime } from './path';
import type { ShownPath } from './path_figure';
import { Paths, type Followed } from './path_table';
import { partAt, Player, PlayerBar, timeAt } from './player';
import { captionOf, knownOf } from './sentences';
import { startEvents, startOf } from './start';
import './flow.css';

/** Whether the particles flowed among other clean points than those that stand now. */
const isOfOthers = (picture: Picture | null, accepted: number[][]): boolean => picture !== null && JSON.stringify(picture.points) !== JSON.stringify(accepted);

export function flowView(store: Signals & Commands) {
  const model = new Model();
  const first = new Flow(store, model);
  /** What the same starts follow beside it: from the same level, whatever its own would be. */
  const second = new Flow(store, model, {
    owner: 'beside',
    only: true,
    of(state) {
      const sigma = state.sigma ?? first.picture.value?.settings.sigma;
      return state.besideOf === 'none' || sigma === undefined ? null : { ...state, flowOf: state.besideOf, sigma };
    },
  });
  const player = new Player();
  const pictures = computed(() => [first, second].flatMap(({ picture: { value } }) => value ?? []));
  const refusal = computed(() => first.problem.value ?? second.problem.value ?? store.refusal.value);
  const data = ofData(store, 2, ({ view, accepted, description }) => ({ view, accepted, description }));
  const threshold = () => {
    const description = store.description.value;
    return description === null ? NaN : thresholdOf(store.state.value, description);
  };
  const time = () => (pictures.value.length === 0 ? 0 : timeAt(pictures.value, player.at.value));
  const start = computed(() => {
    const [picture] = pictures.value;
    const shown = picture !== undefined && store.view.value !== null && store.state.value.layers.includes('path');
    return shown ? startOf(store.state.value.startAt, picture, store.view.value!) : null;
  });
  /** The start's path by a flow, while it is shown. */
  const pathOf = (flow: Flow) =>
    computed((): Followed | null => {
      const picture = flow.picture.value;
      const path = picture === null || start.value === null ? null : flow.pathOf(start.value);
      return path === null ? null : { picture: picture!, path };
    });
  const paths = [pathOf(first), pathOf(second)] as const;
  const shownPath = (side: 0 | 1): ShownPath | null => {
    const followed = paths[side].value;
    if (followed === null) return null;
    const from = start.value!;
    return { path: followed.path, start: from, now: placeAtTime(followed.path, time()), events: (plot) => startEvents(store, plot, from) };
  };
  /** Of the noise balls at this time. */
  const radius = (picture: Picture): number => {
    if (picture.which === 'empirical-mmse') return 0;
    const { kind, alpha } = picture.settings;
    return kind === 'score' ? picture.description.radius : alpha! * time();
  };
  const inputs = (side: 0 | 1): FlowInputs | null => {
    const flow = side === 0 ? first : second;
    const now = data.value;
    const picture = flow.picture.value;
    if (now === null) return null;
    return {
      view: now.view,
      accepted: now.accepted,
      layers: new Set(store.state.value.layers),
      ...heldOf(store, now.accepted),
      picture,
      radius: picture === null ? 0 : radius(picture),
      at: picture === null ? 0 : partAt(picture, time()),
      stale: flow.problem.value !== null || (flow.working.value && isOfOthers(picture, now.accepted)),
      path: shownPath(side),
      probe: side === 0 ? probeOf(store) : null,
    };
  };
  /** What stands under the figure where particles are on their way, or cannot be. */
  const said = (): string => {
    const picture = first.picture.value;
    const problem = first.problem.value;
    const { flow, flowOf, embed } = store.state.value;
    if (problem !== null) return embed || picture === null ? problem.message : 'What is shown is the last flow that could be followed.';
    if (first.working.value) return 'Following the particles …';
    if (second.problem.value !== null) return second.problem.value.message;
    if (second.working.value) return 'Following the particles beside …';
    const untrained = flow === 'probability' && flowOf === 'trained' && picture !== null && picture.which !== 'trained';
    return untrained ? `No diffusion model has been trained for these settings: ${calledOf(picture)} is shown.` : '';
  };
  function Beside() {
    const picture = second.picture.value;
    return (
      <div class="main second">
        <p class="which">{picture !== null && calledOf(picture)}</p>
        <Drawing
          class="flow-figure square-figure"
          label="The same particles, which flow by the second denoiser"
          inputs={() => inputs(1)}
          draw={(element, values, size) => drawFlow(element, values, size, null)}
        />
      </div>
    );
  }
  // Apart, since it changes at every frame.
  const Path = () => <Paths paths={paths.flatMap(({ value }) => value ?? [])} time={time()} />;
  function Figure() {
    useEffect(() => {
      const stops = [first.start(), second.start()];
      return () => stops.forEach((stop) => stop());
    }, []);
    const picture = first.picture.value;
    const two = store.state.value.besideOf !== 'none';
    return (
      <div class={`stage${two ? ' two' : ''}`}>
        <PointFigure
          store={store}
          class="flow-figure square-figure"
          label="Particles that flow from noise towards the clean points"
          inputs={() => inputs(0)}
          draw={drawFlow}
          plotOf={plotOf}
          above={two && <p class="which">{picture !== null && calledOf(picture)}</p>}
        >
          <PlayerBar player={player} pictures={pictures} />
        </PointFigure>
        {two && <Beside />}
        <Legend layers={store.state.value.layers} picture={picture} balls={picture !== null && picture.which !== 'empirical-mmse'} />
        <div class="beside">
          <div class="told">
            <Ends pictures={pictures.value} threshold={threshold()} />
            <Path />
          </div>
          <p class="following" data-testid="following" role="status">
            {said()}
          </p>
          <LossCurve store={store} />
        </div>
      </div>
    );
  }
  function Caption() {
    const picture = first.picture.value;
    return (
      <>
        {picture === null ? '' : `${captionOf(picture, second.picture.value)} ${knownOf(picture)}`} {distanceSentence(store)}
      </>
    );
  }
  return {
    Figure,
    Caption,
    Controls: () => <FlowControls store={store} flow={first} refusal={refusal} model={model} />,
    ViewControls: () => <FlowLayers store={store} />,
  };
}
