import { useEffect } from 'preact/hooks';
import { LossCurve } from '../../ui/loss';
import type { Scene } from '../../ui/scene';
import { distanceSentence } from '../../ui/sentences';
import { PointControls } from '../points/controls';
import { heldOf } from '../points/drag';
import { PointFigure } from '../points/figure';
import { ofData } from '../points/of_data';
import { probeOf } from '../points/probe';
import { freePlace, gridOf, plotOf } from '../points/square';
import { written } from '../points/state';
import { Ends } from './census';
import { FlowControls, FlowLayers } from './controls';
import { drawFlow, type FlowInputs } from './figure';
import { Flow, thresholdOf } from './follow';
import { Legend } from './legend';
import { Player, PlayerBar, timeAt } from './player';
import { captionOf, knownOf } from './sentences';
import { flowState } from './state';
import './flow.css';

export const flow: Scene = {
  ...flowState,
  written,
  look: 'of-points square',
  open(store) {
    const particles = new Flow(store);
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
        probe: probeOf(store),
      };
    };
    function Figure() {
      useEffect(() => particles.start(), []);
      const picture = particles.picture.value;
      const problem = particles.problem.value;
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
              {problem !== null ? problem.message : particles.working.value ? 'Following the particles …' : ''}
            </p>
            <LossCurve store={store} />
          </div>
        </div>
      );
    }
    return {
      request: () => ({ grid: gridOf(store.view.value!), comparison: true }),
      frameHeight: () => 760,
      Figure,
      Caption() {
        const picture = particles.picture.value;
        return (
          <>
            {picture === null ? '' : `${captionOf(picture)} ${knownOf(picture)}`} {distanceSentence(store)}
          </>
        );
      },
      DataControls: () => <PointControls store={store} dimension={2} freePlace={() => freePlace(store)} />,
      own: { title: 'Flow', Controls: () => <FlowControls store={store} flow={particles} /> },
      ViewControls: () => <FlowLayers store={store} />,
    };
  },
};
