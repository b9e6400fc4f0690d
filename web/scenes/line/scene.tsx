import { computed } from '@preact/signals';
import type { App } from '../../store/app';
import { sameGrid, type Grid } from '../../engine/protocol';
import { Figure, type Size } from '../../drawing/figure';
import type { HandleEvents } from '../../drawing/handles';
import { LossCurve } from '../../ui/loss';
import type { View } from '../../drawing/view';
import { addPoint, currentPoints, movePoint, removePoint, round } from '../../store/clean_points';
import type { Scene } from '../../ui/scene';
import { Formula } from '../../ui/formula';
import { PointControls } from '../../ui/points';
import { Layers } from '../../ui/layers';
import { probeEvents, ProbeLine, probeOf } from '../../ui/probe';
import { distanceSentence, resultSentence } from '../../ui/sentences';
import { drawDifference, type DifferenceInputs } from './difference';
import { drawLine, plotOf, type Curve, type Kink, type LineInputs } from './figure';

const nodes = 601; // of the trained curve
const none = new Float64Array(0);

function gridOf({ centre, half }: View): Grid {
  return { lower: [centre[0]! - half], upper: [centre[0]! + half], shape: [nodes] };
}

/** Neuron k of Session.neurons() in one dimension: w, level, a times mass, mass. */
function kinksOf(neurons: Float64Array): Kink[] {
  return Array.from({ length: neurons.length / 4 }, (_, k) => ({
    at: neurons[4 * k]! * neurons[4 * k + 1]!,
    bend: neurons[4 * k + 2]!,
  }));
}

/** What depends on the data alone, computed once for each accepted configuration. */
const fixed = (app: App) =>
  computed(() => {
    void app.configuration.value;
    const engine = app.engine.value;
    const description = app.description.value;
    const shown = app.view.value;
    if (engine === null || description === null || shown === null || description.dimension !== 1 || app.state.value.scene !== 'line') return null;
    const accepted = currentPoints(app).map((p) => p[0]!);
    const which = description.closedForm ? 'closed-form' : description.vertexRamp ? 'vertex-ramp' : null;
    const closedKinks = which === null ? [] : kinksOf(engine.neurons(which));
    const [low, high] = [shown.centre[0]! - shown.half, shown.centre[0]! + shown.half];
    // The knots are among the nodes, so that corners are sharp.
    const even = Array.from({ length: 241 }, (_, i) => low + ((high - low) * i) / 240);
    const y = Float64Array.from([...even, ...closedKinks.map((k) => k.at).filter((v) => v > low && v < high)]).sort();
    const curve = (h: Float64Array): Curve => ({ y, h });
    return {
      view: shown,
      accepted,
      radius: description.radius,
      closedKinks,
      closed: which === null ? null : curve(engine.evaluate(which, y)),
      closedOnGrid: which === null ? null : engine.evaluateGrid(which, gridOf(shown)),
      mmse: curve(engine.evaluate('empirical-mmse', y)),
      samples: engine.samples(),
    };
  });

const caches = new WeakMap<App, ReturnType<typeof fixed>>();
const fixedOf = (app: App) => {
  if (!caches.has(app)) caches.set(app, fixed(app));
  return caches.get(app)!.value;
};

function inputs(app: App): LineInputs | null {
  const data = fixedOf(app);
  if (data === null) return null;
  const state = app.state.value;
  const draft = app.draft.value;
  const snapshot = app.snapshot.value;
  const held = app.dragging && app.refusal.value !== null && draft.points.length === data.accepted.length;
  const points = held ? draft.points.map((p) => p[0]!) : data.accepted;
  const [low, high] = snapshot?.grid ? [snapshot.grid.lower[0]!, snapshot.grid.upper[0]!] : [0, 1];
  const h = snapshot?.values;
  return {
    ...data,
    points,
    refusal: held ? app.refusal.value!.message : '',
    refused: held ? points.findIndex((p, i) => p !== data.accepted[i]) : -1,
    balls: state.noise === 'balls',
    layers: new Set(state.layers),
    closedName: 'closed form',
    trained: h && h.length === nodes ? { y: Float64Array.from(h, (_, i) => low + ((high - low) * i) / (nodes - 1)), h } : null,
    trainedKinks: kinksOf(snapshot?.neurons ?? none),
    samples: app.freshSamples() ?? data.samples,
    probe: probeOf(app),
  };
}

function difference(app: App): DifferenceInputs | null {
  const data = fixedOf(app);
  const { values: h, grid } = app.snapshot.value ?? {};
  if (data === null || data.closedOnGrid === null || h === undefined || !sameGrid(grid, gridOf(data.view))) return null;
  const { centre, half } = data.view;
  return {
    low: centre[0]! - half,
    high: centre[0]! + half,
    difference: h.map((v, i) => v - data.closedOnGrid![i]!),
    balls: data.accepted.map((p) => [p - data.radius, p + data.radius]),
  };
}

function events(app: App): HandleEvents {
  return {
    move(n, px) {
      const { half, centre } = app.view.value!;
      app.dragging = true;
      const { x } = plotOf(sizeOf(), app.view.value!);
      const wanted = x.invert(px);
      const bound = half * 0.97;
      movePoint(app, n, [round(Math.max(centre[0]! - bound, Math.min(centre[0]! + bound, wanted)), half)]);
    },
    nudge(n, dx, dy) {
      const { half } = app.view.value!;
      const at = currentPoints(app)[n]![0]!;
      movePoint(app, n, [round(at + ((dx || dy) * half) / 100, half)]);
    },
    remove: (n) => removePoint(app, n),
    select: (n) => (app.selected.value = n),
    release: () => app.settle(),
  };
}

/** The y under the pointer, or null outside the plot. */
function place(app: App, event: { clientX: number; clientY: number }): number[] | null {
  if (app.description.value === null) return null;
  const box = document.querySelector('svg.line-figure')!.getBoundingClientRect();
  const { x, left, side, top } = plotOf(box, app.view.value!);
  const px = event.clientX - box.left;
  const py = event.clientY - box.top;
  if (px < left || px > left + side || py < top || py > top + side) return null;
  return [round(x.invert(px), app.view.value!.half)];
}

const sizeOf = (): Size => document.querySelector('svg.line-figure')!.getBoundingClientRect();

function LineFigure({ app }: { app: App }) {
  const handlers = events(app);
  return (
    <div class="stage">
      <div
        class="main"
        onDblClick={(event) => {
          if ((event.target as Element).closest('.point')) return;
          const at = place(app, event);
          if (at !== null) addPoint(app, at);
        }}
        {...probeEvents(app, (event) => place(app, event))}
      >
        <Figure
          class="line-figure"
          main
          label="The denoiser h(y) against y, with the clean points on the diagonal"
          inputs={() => inputs(app)}
          draw={(svg, values, size) => drawLine(svg, values, size, handlers)}
        />
        <ProbeLine app={app} />
      </div>
      <div class="beside">
        <Formula app={app} />
        <figure class="small">
          <Figure
            class="difference-figure"
            label="The trained network less the closed form, against y"
            inputs={() => difference(app)}
            draw={drawDifference}
          />
          <figcaption>
            <b class="trained">Trained</b> less <b class="closed-form">closed form</b>, against y
          </figcaption>
        </figure>
        <LossCurve app={app} />
      </div>
    </div>
  );
}

/** The middle of the widest gap, or where that is too narrow for another noise ball, beyond the last. */
function freePlace(app: App): number[] {
  const { half } = app.view.value!;
  const radius = app.description.value?.radius ?? 0;
  const sorted = currentPoints(app).map((p) => p[0]!).sort((a, b) => a - b);
  let best = [0, sorted[0] ?? 0];
  for (let i = 1; i < sorted.length; ++i) {
    const gap = sorted[i]! - sorted[i - 1]!;
    if (gap > best[0]!) best = [gap, (sorted[i]! + sorted[i - 1]!) / 2];
  }
  const room = best[0]! > 4.2 * radius;
  return [round(room ? best[1]! : (sorted.at(-1) ?? 0) + Math.max(3 * radius, best[0]!), half)];
}

export const line: Scene = {
  title: 'Line',
  dimension: 1,
  layers: ['closed-form', 'trained', 'empirical-mmse', 'knots', 'rug'],
  request: (app) => ({ grid: gridOf(app.view.value!), neurons: true, comparison: true, samples: app.state.value.noise === 'fresh' }),
  Figure: LineFigure,
  frameHeight: () => 640,
  Caption: ({ app }) => (
    <>
      {resultSentence(app)} The clean points lie on the diagonal, where a denoiser changes nothing; over each noise ball h must be
      flat, and between them the network of least cost is straight. {distanceSentence(app)}
    </>
  ),
  DataControls: ({ app }) => <PointControls app={app} dimension={1} freePlace={() => freePlace(app)} />,
  ViewControls: ({ app }) => (
    <Layers
      app={app}
      layers={[
        ['closed-form', 'Closed form', 'The denoiser of least cost, known exactly.'],
        ['trained', 'Trained network', 'The network as it stands after the last step.'],
        ['empirical-mmse', 'Empirical MMSE', 'The posterior mean with the clean points as prior: a soft step from point to point.'],
        ['knots', 'Knots', 'Where the closed form bends: the ends of the noise balls.'],
        ['rug', 'Noisy samples', 'The inputs that the network is trained on.'],
      ]}
    />
  ),
};
