import { computed } from '@preact/signals';
import type { App } from '../../store/app';
import type { Which } from '../../denoise';
import { sameGrid, type Grid } from '../../engine/protocol';
import { Figure, type Size } from '../../drawing/figure';
import type { HandleEvents } from '../../drawing/handles';
import { LossCurve } from '../../ui/loss';
import type { View } from '../../drawing/view';
import { addPoint, currentPoints, movePoint, removePoint, round } from '../../store/clean_points';
import type { Scene } from '../../ui/scene';
import { Formula } from '../../ui/formula';
import { Layers } from '../../ui/layers';
import { PointControls } from '../../ui/points';
import { probeEvents, ProbeLine, probeOf } from '../../ui/probe';
import { distanceSentence, resultSentence } from '../../ui/sentences';
import { shownField } from './field';
import { drawPlane, plotOf, type Base, type Boundary, type PlaneInputs } from './figure';
import { Legend } from './legend';
import { drawRose, mostReferences, type Direction } from './rose';

const nodes = 61; // of the grid, along each side
const none = new Float64Array(0);

function gridOf({ centre, half }: View): Grid {
  return { lower: centre.map((c) => c - half), upper: centre.map((c) => c + half), shape: [nodes, nodes] };
}

/** Rows of Session.neurons() in two dimensions: w (2), level, a times mass (2), mass. */
function boundariesOf(neurons: Float64Array): Boundary[] {
  const count = neurons.length / 6;
  let total = 0;
  for (let k = 0; k < count; ++k) total += neurons[6 * k + 5]!;
  return Array.from({ length: count }, (_, k) => ({
    w: [neurons[6 * k]!, neurons[6 * k + 1]!],
    level: neurons[6 * k + 2]!,
    share: neurons[6 * k + 5]! / (total || 1),
  }));
}
const directionsOf = (neurons: Float64Array, offset: 0 | 3): Direction[] =>
  Array.from({ length: neurons.length / 6 }, (_, k) => ({
    x: neurons[6 * k + offset]!,
    y: neurons[6 * k + offset + 1]!,
    mass: neurons[6 * k + 5]!,
  }));

/** What the applying result aligns the neurons with. */
function reference(app: App): { name: 'edges' | 'faces' | 'rays'; directions: number[][] } {
  const description = app.description.value;
  const form = description?.closedForm?.form;
  // Along rays the closed form's neurons have no other directions.
  if (form === 'rays') {
    return { name: 'rays', directions: directionsOf(fixedOf(app)?.neurons ?? none, 0).map(({ x, y }) => [x, y]) };
  }
  const faces = form === 'equilateral-triangle' || form === 'acute-triangle';
  return { name: faces ? 'faces' : 'edges', directions: (faces ? description?.faces : description?.edges) ?? [] };
}

/** The point that the closed form's formula names: c of a triangle's, x₀ of edges and rays. It is the
 *  constant of the network, whose ramps are all 0 there or counted from there. */
function baseOf(network: string, form: string, points: number[][]): Base | null {
  if (form === 'one-dimensional') return null;
  const { offset: at } = JSON.parse(network) as { offset: number[] };
  return { at, point: points.findIndex((p) => p.every((v, i) => v === at[i])) };
}

/** What depends on the data alone, computed once for each accepted configuration. */
const fixed = (app: App) =>
  computed(() => {
    void app.configuration.value;
    const engine = app.engine.value;
    const description = app.description.value;
    const shown = app.view.value;
    if (engine === null || description === null || shown === null || description.dimension !== 2 || app.state.value.scene !== 'plane') return null;
    const which: Which | null = description.closedForm ? 'closed-form' : description.vertexRamp ? 'vertex-ramp' : null;
    const neurons = which === null ? none : engine.neurons(which);
    const grid = gridOf(shown);
    const accepted = currentPoints(app);
    const form = description.closedForm?.form;
    return {
      view: shown,
      grid,
      accepted,
      base: form === undefined ? null : baseOf(engine.network('closed-form'), form, accepted),
      radius: description.radius,
      diameter: description.diameter,
      neurons,
      closedBoundaries: boundariesOf(neurons),
      closed: which === null ? null : engine.evaluateGrid(which, grid),
      mmse: engine.evaluateGrid('empirical-mmse', grid),
      samples: engine.samples(),
    };
  });

const caches = new WeakMap<App, ReturnType<typeof fixed>>();
const fixedOf = (app: App) => {
  if (!caches.has(app)) caches.set(app, fixed(app));
  return caches.get(app)!.value;
};

function inputs(app: App): PlaneInputs | null {
  const data = fixedOf(app);
  if (data === null) return null;
  const state = app.state.value;
  const draft = app.draft.value;
  const snapshot = app.snapshot.value;
  const trained = snapshot?.values !== undefined && sameGrid(snapshot.grid, data.grid) ? snapshot.values : null;
  const held = app.dragging && app.refusal.value !== null && draft.points.length === data.accepted.length;
  const points = held ? draft.points : data.accepted;
  const field = shownField(app);
  const values = field === 'trained' ? trained : field === 'empirical-mmse' ? data.mmse : data.closed;
  const distance =
    trained !== null && data.closed !== null && state.layers.includes('distance')
      ? Float64Array.from({ length: nodes * nodes }, (_, i) =>
          Math.hypot(trained[2 * i]! - data.closed![2 * i]!, trained[2 * i + 1]! - data.closed![2 * i + 1]!),
        )
      : null;
  return {
    ...data,
    points,
    refusal: held ? app.refusal.value!.message : '',
    refused: held ? points.findIndex((p, i) => p.some((v, k) => v !== data.accepted[i]![k])) : -1,
    balls: state.noise === 'balls',
    layers: new Set(state.layers),
    nodes,
    field: values === null ? null : { name: field, values },
    distance,
    known: app.description.value?.closedForm !== null,
    trainedBoundaries: boundariesOf(snapshot?.neurons ?? none),
    directions: reference(app).directions,
    samples: app.freshSamples() ?? data.samples,
    probe: probeOf(app),
  };
}

const sizeOf = (): Size => document.querySelector('svg.plane-figure')!.getBoundingClientRect();

function clamp(app: App, [px, py]: [number, number]): number[] {
  const { x, y } = plotOf(sizeOf(), app.view.value!);
  const { centre, half } = app.view.value!;
  const bound = half * 0.97;
  return [x.invert(px), y.invert(py)].map((v, i) => round(Math.max(centre[i]! - bound, Math.min(centre[i]! + bound, v)), half));
}

/** The y under the pointer, or null outside the plot. */
function place(app: App, event: { clientX: number; clientY: number }): number[] | null {
  if (app.description.value === null) return null;
  const box = document.querySelector('svg.plane-figure')!.getBoundingClientRect();
  const { left, side, top } = plotOf(box, app.view.value!);
  const px = event.clientX - box.left;
  const py = event.clientY - box.top;
  if (px < left || px > left + side || py < top || py > top + side) return null;
  return clamp(app, [px, py]);
}

function events(app: App): HandleEvents {
  return {
    move(n, px, py) {
      app.dragging = true;
      movePoint(app, n, clamp(app, [px, py]));
    },
    nudge(n, dx, dy) {
      const { half } = app.view.value!;
      const [px, py] = currentPoints(app)[n] as [number, number];
      movePoint(app, n, [round(px + (dx * half) / 100, half), round(py + (dy * half) / 100, half)]);
    },
    remove: (n) => removePoint(app, n),
    select: (n) => (app.selected.value = n),
    release: () => app.settle(),
  };
}

function PlaneFigure({ app }: { app: App }) {
  const handlers = events(app);
  const rose = (title: string, offset: 0 | 3) => (
    <Figure
      class="rose-figure"
      label={`Mass of the neurons by the direction of their ${title}`}
      inputs={() => {
        const data = fixedOf(app);
        if (data === null) return null;
        return {
          title,
          trained: directionsOf(app.snapshot.value?.neurons ?? none, offset),
          closed: directionsOf(data.neurons, offset),
          reference: reference(app).directions,
          referenceName: reference(app).name,
        };
      }}
      draw={drawRose}
    />
  );
  const named = reference(app);
  const alignment = app.readings.value?.alignment;
  const statistics = alignment?.[named.name];
  const known = app.description.value?.closedForm !== null;
  const ramps = known || app.description.value?.vertexRamp !== null;
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
          class="plane-figure"
          main
          label="The plane of noisy inputs with the clean points and their noise balls"
          inputs={() => inputs(app)}
          draw={(svg, values, size) => drawPlane(svg, values, size, handlers)}
        />
        <ProbeLine app={app} />
      </div>
      <Legend app={app} bends={fixedOf(app)?.closedBoundaries.length ?? 0} />
      <p class="numbers" data-testid="alignment" data-value={statistics?.input.mean ?? ''}>
        Mean |cos| with the {named.name === 'faces' ? 'face normals' : named.name}:{' '}
        {statistics ? `${statistics.input.mean.toFixed(3)} (w), ${statistics.output.mean.toFixed(3)} (a); by chance ${statistics.null.mean.toFixed(3)}` : '–'}
      </p>
      <div class="beside">
        <Formula app={app} />
        <figure class="small roses">
          <div class="pair">
            {rose('input weights w', 0)}
            {rose('output weights a', 3)}
          </div>
          <figcaption>
            Mass of the neurons by direction, <b class="trained">trained</b>,{' '}
            {ramps && <b class="closed-form">{known ? 'closed form' : 'vertex ramps'}</b>}
            {ramps && ', '}and the{' '}
            <b class="theory">{named.name === 'faces' ? 'face normals' : named.name}</b>
            {named.directions.length > mostReferences && ` (not drawn: ${named.directions.length.toLocaleString('en')}, more than ${mostReferences})`}.{' '}
          </figcaption>
        </figure>
        <LossCurve app={app} />
      </div>
    </div>
  );
}

/** A place in the view with room for another noise ball, or where there is none, beside the points. */
function freePlace(app: App): number[] {
  const { centre, half } = app.view.value!;
  const points = currentPoints(app);
  const radius = app.description.value?.radius ?? 0;
  for (const reach of [0.6, 0.85, 0.3]) {
    for (let i = 0; i < 24; ++i) {
      const angle = 2.4 * (points.length + i); // the golden angle keeps places apart
      const place = [centre[0]! + reach * half * Math.cos(angle), centre[1]! + reach * half * Math.sin(angle)];
      if (points.every(([x, y]) => Math.hypot(place[0]! - x!, place[1]! - y!) > 2.4 * radius)) return place.map((v) => round(v, half));
    }
  }
  return [round(Math.max(...points.map((p) => p[0]!)) + 3 * radius, half), round(centre[1]!, half)];
}

export const plane: Scene = {
  title: 'Plane',
  dimension: 2,
  layers: ['field', 'boundaries', 'distance', 'image', 'samples', 'directions'],
  request: (app) => ({ grid: gridOf(app.view.value!), neurons: true, comparison: true, alignment: true, samples: app.state.value.noise === 'fresh' }),
  Figure: PlaneFigure,
  frameHeight: () => 640,
  Caption: ({ app }) => (
    <>
      {resultSentence(app)} Each arrow points from a noisy y towards its denoised h(y); lines are where a network bends.{' '}
      {distanceSentence(app)}
    </>
  ),
  DataControls: ({ app }) => (
    <PointControls
      app={app}
      dimension={2}
      freePlace={() => freePlace(app)}
    />
  ),
  ViewControls: ({ app }) => (
    <Layers
      app={app}
      field
      layers={[
        ['field', 'Displacement field', 'Arrows along h(y) − y, a quarter of its length.'],
        ['boundaries', 'Bends of the networks', 'The lines on which ReLUs switch: trained over closed form, heavier with mass.'],
        ['distance', 'Distance map', 'How far the trained network is from the closed form at each y, over the diameter.'],
        ['image', 'Image of a grid', 'Where the chosen denoiser sends the lines of a square grid: folds and all.'],
        ['samples', 'Noisy samples', 'The inputs that the network is trained on.'],
        ['directions', 'Edges', 'The lines between clean points.'],
      ]}
    />
  ),
};
