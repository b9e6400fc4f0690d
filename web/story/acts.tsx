// What a reader may do in a chapter, beside dragging in the figure: buttons and sliders of the same store.
import type { ComponentType, VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { addPoint, currentPoints, movePoint } from '../store/clean_points';
import { freePlace } from '../scenes/points/square';
import { DIGITS_PIXELS } from '../scenes/images/digits';
import { drawRow } from '../scenes/images/pixels';
import { nice } from '../drawing/svg';
import { noiseRanges } from '../ui/controls';
import { moves } from '../ui/transport';
import { useUniqueId } from '../ui/unique';
import { narrowest, triangle, widest } from './apex';
import type { Act } from './chapters';
import { angleAtFirst, type Shown } from './numbers';
import { start } from './start';
import { sigmaOf } from './risk';
import { wayOf, ways } from './turns';
import { levelsOf } from '../scenes/line/risk_curves';

interface ActProps {
  app: Shown;
}

interface DialProps extends ActProps {
  name: string;
  label: string;
  range: [number, number];
  value: number;
  text: string;
  change: (value: number) => void;
  whole?: boolean;
}

/** A slider; while it is held the view keeps still. */
function Dial({ app, name, label, range: [low, high], value, text, change, whole }: DialProps) {
  const id = useUniqueId(name);
  const settle = () => app.dragging && app.settle();
  return (
    <div class="dial">
      <label for={id}>{label}</label>
      <input
        id={id}
        class="slider"
        type="range"
        data-testid={`story-${name}`}
        min={low}
        max={high}
        step={whole ? 1 : (high - low) / 200}
        value={value}
        aria-valuetext={text}
        onPointerDown={() => app.hold()}
        onPointerUp={settle}
        onPointerCancel={settle}
        onInput={(event) => change(event.currentTarget.valueAsNumber)}
        onChange={() => app.settle()}
      />
      <output for={id}>{text}</output>
    </div>
  );
}

interface PressProps {
  name: string;
  press: () => void;
  children: string;
  pressed?: boolean;
}
const Press = ({ name, press, children, pressed }: PressProps) => (
  <button type="button" data-testid={`story-${name}`} aria-pressed={pressed} onClick={press}>
    {children}
  </button>
);

function Train({ app }: ActProps) {
  return (
    <div class="buttons">
      <Press name="train" press={() => app.proceed()}>
        {moves[app.next.value].text}
      </Press>
      <Press
        name="seed"
        press={() => {
          app.newSeed();
          app.play();
        }}
      >
        From other weights
      </Press>
    </div>
  );
}

function Middle({ app }: ActProps) {
  const points = currentPoints(app);
  const radius = app.description.value?.radius ?? 0;
  const others = [points[0]?.[0] ?? -1, points.at(-1)?.[0] ?? 2];
  const room = 2.02 * radius;
  const at = points[1]?.[0] ?? 0;
  return (
    <Dial app={app} name="middle" label="Middle point" range={[others[0]! + room, others[1]! - room]} value={at} text={nice(at)} change={(to) => movePoint(app, 1, [Number(to.toFixed(3))])} />
  );
}

function Radius({ app }: ActProps) {
  const description = app.description.value;
  const radius = description?.radius ?? 0.1;
  const { radius: range } = noiseRanges(description, app.state.value.samples);
  return <Dial app={app} name="radius" label="Noise radius ρ" range={range} value={radius} text={nice(radius)} change={(to) => app.update({ radius: Number(to.toPrecision(3)) }, 'radius')} />;
}

function Start({ app }: ActProps) {
  const view = app.view.value;
  const range: [number, number] = view?.centre.length === 1 ? [view.centre[0]! - 0.98 * view.half, view.centre[0]! + 0.98 * view.half] : [-1.7, 2.7];
  return <Dial app={app} name="start" label="Start y" range={range} value={start.value} text={nice(start.value)} change={(to) => (start.value = Number(to.toFixed(2)))} />;
}

/** On a logarithmic scale. */
function Sigma({ app }: ActProps) {
  const levels = levelsOf(greatest);
  const sigma = sigmaOf(app);
  return (
    <Dial app={app} name="sigma" label="Noise level σ" range={[Math.log10(levels[0]!), Math.log10(levels.at(-1)!)]} value={Math.log10(sigma)} text={nice(sigma)} change={(to) => app.update({ risk: Number((10 ** to).toPrecision(2)) })} />
  );
}
const greatest = 0.25; // of the chapter's points: where balls touch

/** Between its neighbours, with room for the balls. */
function Third({ app }: ActProps) {
  const points = currentPoints(app);
  const at = points[2]?.[0] ?? 0;
  const room = 2.02 * (app.description.value?.radius ?? 0.05);
  return (
    <Dial app={app} name="third" label="Third point" range={[(points[1]?.[0] ?? -0.5) + room, (points[3]?.[0] ?? 0.5) - room]} value={at} text={nice(at)} change={(to) => movePoint(app, 2, [Number(to.toFixed(3))])} />
  );
}

/** Turns the third point about the first; lengths stay. */
function Turn({ app }: ActProps) {
  const points = currentPoints(app);
  const angle = points.length === 3 && points[0]!.length === 2 ? Math.round(angleAtFirst(points)) : 117;
  const turn = (to: number) => {
    const [[x, y], [ax, ay], [bx, by]] = points as [[number, number], [number, number], [number, number]];
    const direction = Math.atan2(ay - y, ax - x) + (to * Math.PI) / 180;
    const length = Math.hypot(bx - x, by - y);
    movePoint(app, 2, [x + length * Math.cos(direction), y + length * Math.sin(direction)].map((v) => Number(v.toFixed(4))));
  };
  return <Dial app={app} name="turn" label="Angle at x₁" range={[70, 170]} value={angle} text={`${angle.toFixed(0)}°`} change={turn} whole />;
}

function ApexAngle({ app }: ActProps) {
  const points = currentPoints(app);
  const angle = points.length === 3 && points[0]!.length === 2 ? Math.round(angleAtFirst(points)) : narrowest;
  return (
    <Dial
      app={app}
      name="apex"
      label="Angle at the apex"
      range={[narrowest, widest]}
      value={angle}
      text={`${angle.toFixed(0)}°`}
      change={(to) => app.update({ preset: '', points: triangle(to) }, 'apex by hand')}
      whole
    />
  );
}

/** The three ways to train, from the same weights. */
function Methods({ app }: ActProps) {
  const shown = wayOf(app.state.value);
  return (
    <div class="buttons" role="group" aria-label="Ways to train">
      {ways.map((way) => (
        <Press
          key={way.name}
          name={way.name}
          pressed={way.name === shown}
          press={() => {
            app.update({ method: way.method, lambda: way.lambda });
            app.play();
          }}
        >
          {way.text}
        </Press>
      ))}
    </div>
  );
}

function Shapes({ app }: ActProps) {
  const shapes = [
    ['hexagon', 'Hexagon'],
    ['grid', '3 × 3 grid'],
    ['pentagon', 'Pentagon'],
    ['clusters', 'Six others'],
  ] as const;
  return (
    <div class="buttons" role="group" aria-label="Arrangements">
      {shapes.map(([preset, text]) => (
        <Press key={preset} name={preset} pressed={app.state.value.preset === preset} press={() => app.update({ preset, points: [], radius: null })}>
          {text}
        </Press>
      ))}
    </div>
  );
}

const Add = ({ app }: ActProps) => (
  <div class="buttons">
    <Press name="add" press={() => addPoint(app, freePlace(app))}>
      Add a point
    </Press>
  </div>
);

function Proof({ app }: ActProps) {
  const More = app.shown.More;
  return <div class="proof-place">{app.state.value.scene === 'plane' && More !== undefined && <More />}</div>;
}

/** From one picture to another, through two denoisers. */
function Blend({ app }: ActProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [edge, setEdge] = useState(0);
  const [part, setPart] = useState(0.42);
  const ready = app.state.value.scene === 'images' && app.description.value?.dimension === DIGITS_PIXELS && app.description.value.reference !== null;
  void app.configuration.value;
  const pairs = [[0, 1], [0, 2], [1, 2]] as const;
  useEffect(() => {
    if (!ready || canvas.current === null) return;
    const engine = app.engine.peek()!;
    const points = engine.cleanPoints().slice();
    const [from, to] = pairs[edge]!;
    const y = Float64Array.from({ length: DIGITS_PIXELS }, (_, i) => (1 - part) * points[from! * DIGITS_PIXELS + i]! + part * points[to! * DIGITS_PIXELS + i]!);
    const row = [y, engine.evaluate(app.description.peek()!.reference!.kind, y).slice(), engine.evaluate('empirical-mmse', y).slice()];
    drawRow(canvas.current, Float64Array.from(row.flatMap((picture) => [...picture])), [0, 1, 2]);
  }, [ready, edge, part, app.configuration.value]);
  return (
    <div class="blend">
      <div class="buttons" role="group" aria-label="Edge">
        {pairs.map(([from, to], i) => (
          <Press key={i} name={`edge-${i}`} pressed={i === edge} press={() => setEdge(i)}>
            {`${from + 1} to ${to + 1}`}
          </Press>
        ))}
      </div>
      <Dial app={app} name="blend" label="Part of the way" range={[0, 1]} value={part} text={nice(part)} change={(to) => setPart(Number(to.toFixed(3)))} />
      <canvas ref={canvas} width={88} height={28} role="img" aria-label={`The blend of two pictures at ${nice(part)} of the way, what the denoiser of least cost makes of it, and what the posterior mean makes of it`} data-testid="story-blended" />
      <p class="names" aria-hidden="true">
        <span>noisy y</span>
        <span>least cost</span>
        <span>posterior mean</span>
      </p>
    </div>
  );
}

function Spread({ app }: ActProps) {
  const description = app.description.value;
  const most = 0.98 * (description && Number.isFinite(description.greatest_radius) ? description.greatest_radius : 0.75);
  const sigma = app.state.value.sigma ?? Number((0.9 * most).toPrecision(3));
  return <Dial app={app} name="spread" label="σ at the start" range={[0.1 * most, most]} value={sigma} text={nice(sigma)} change={(to) => app.update({ sigma: Number(to.toPrecision(3)) })} />;
}

const Take = () => (
  <ul class="ways">
    <li>
      <a href="#v=1&scene=line">Line</a>, <a href="#v=1&scene=plane">Plane</a>, <a href="#v=1&scene=flow">Flow</a>, <a href="#v=1&scene=images">Images</a>: the laboratory
    </li>
    {import.meta.env.MODE !== 'single' && (
      <li>
        <a href="single.html">The page as one file</a>, which opens from disk
      </li>
    )}
    <li>
      Papers: <a href="https://arxiv.org/abs/2311.06748">Zeno et al. 2023</a>, <a href="https://arxiv.org/abs/2506.19031">Zeno et al. 2025</a>
    </li>
  </ul>
);

const acts: Record<Act, ComponentType<ActProps>> = {
  train: Train,
  middle: Middle,
  radius: Radius,
  start: Start,
  sigma: Sigma,
  third: Third,
  turn: Turn,
  apex: ApexAngle,
  methods: Methods,
  shapes: Shapes,
  add: Add,
  proof: Proof,
  blend: Blend,
  spread: Spread,
  take: Take,
};

export function ActOf({ name, app }: ActProps & { name: Act }): VNode {
  const Of = acts[name];
  return <Of app={app} />;
}
