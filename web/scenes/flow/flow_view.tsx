// The figures, the words and the controls of the flow: loaded after the first figure, or when they are
// shown.
import { useEffect } from 'preact/hooks';
import { Figure as Drawing } from '../../drawing/figure';
import type { Commands, Signals } from '../../store/signals';
import { LossCurve } from '../../ui/loss';
import { Scrubber } from '../../ui/scrubber';
import { distanceSentence } from '../../ui/sentences';
import { PointFigure } from '../points/figure';
import { Sketches } from '../points/sketches';
import { plotOf } from '../points/square';
import { calledOf } from './called';
import { Ends } from './census';
import { CobwebFigure } from './cobweb';
import { FlowControls, FlowLayers } from './controls';
import { drawFlow } from './figure';
import { Legend } from './legend';
import { drawLineFlow, uprightPlotOf } from './line_figure';
import { flowParts } from './parts';
import { Paths } from './path_table';
import { PlayerBar } from './player';
import { captionOf, knownOf } from './sentences';
import './flow.css';

/** How points of each dimension are drawn. */
const drawings = {
  1: { draw: drawLineFlow, plotOf: uprightPlotOf, label: 'Particles’ y against the flow’s time, from noise to the clean points' },
  2: { draw: drawFlow, plotOf, label: 'Particles that flow from noise towards the clean points' },
} as const;

export function flowView(store: Signals & Commands, dimension: 1 | 2) {
  const parts = flowParts(store, dimension);
  const scrubber = () => <Scrubber store={store} />;
  const { first, second, player, pictures, paths, time } = parts;
  const { draw, plotOf: plot, label } = drawings[dimension];
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
          inputs={() => parts.inputs(1)}
          draw={(element, values, size) => draw(element, values, size, null)}
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
          label={label}
          inputs={() => parts.inputs(0)}
          draw={draw}
          plotOf={plot}
          above={two && <p class="which">{picture !== null && calledOf(picture)}</p>}
        >
          <PlayerBar player={player} pictures={pictures} />
        </PointFigure>
        {two && <Beside />}
        <Legend layers={store.state.value.layers} picture={picture} balls={picture !== null && picture.which !== 'empirical-mmse'} />
        {dimension === 1 && <CobwebFigure store={store} parts={parts} />}
        <div class="beside">
          <div class="told">
            <Ends pictures={pictures.value} threshold={parts.threshold()} />
            <Path />
          </div>
          <p class="following" data-testid="following" role="status">
            {said()}
          </p>
          <LossCurve store={store} Scrubber={scrubber} />
        </div>
      </div>
    );
  }
  function Caption() {
    const picture = first.picture.value;
    return (
      <>
        {picture === null ? '' : `${captionOf(picture, second.picture.value)} ${knownOf(store, picture)}`} {distanceSentence(store)}
      </>
    );
  }
  return {
    Figure,
    Caption,
    Sketches: () => <Sketches store={store} dimension={dimension} />,
    Controls: () => <FlowControls store={store} flow={first} refusal={parts.refusal} model={parts.model} />,
    ViewControls: () => <FlowLayers store={store} dimension={dimension} />,
  };
}
