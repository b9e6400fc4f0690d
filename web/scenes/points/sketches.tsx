// Arrangements to choose from, each as a small picture: its clean points, and of the closed form, where one
// is known, the curve on a line or the ramps in a plane. Loaded after the first figure.
import { useComputed } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { Preset } from '../../denoise';
import { polyline } from '../../drawing/paths';
import { squarePlot } from '../../drawing/plot';
import { viewOf } from '../../drawing/view';
import type { Answers } from '../../engine/engine';
import type { Commands, Signals } from '../../store/signals';
import { useUniqueId } from '../../ui/unique';
import { rampsFrom, stripPath } from './ramps';
import './sketches.css';

const side = 44; // pixels

/** The closed form's graph on a line: flat at the left, then what its neurons add. */
function graph(neurons: Float64Array, first: number, low: number, high: number): [number, number][] {
  const kinks = Array.from({ length: neurons.length / 4 }, (_, k) => ({ at: neurons[4 * k]! * neurons[4 * k + 1]!, bend: neurons[4 * k + 2]! })).sort((a, b) => a.at - b.at);
  const h = (y: number) => first + kinks.reduce((sum, { at, bend }) => sum + bend * Math.max(0, y - at), 0);
  return [low, ...kinks.map(({ at }) => at), high].map((y) => [y, h(y)]);
}

function Sketch({ engine, preset: { name, points, radius } }: { engine: Answers; preset: Preset }) {
  const drawn = useMemo(() => {
    const view = viewOf(null, points, radius);
    const plot = squarePlot(1, 1, side - 2, view.centre[0]!, view.centre.at(-1)!, view.half);
    const neurons = engine.sketch(name);
    const line = points[0]!.length === 1;
    const [low, high] = [view.centre[0]! - view.half, view.centre[0]! + view.half];
    const curve = neurons === null || !line ? [] : graph(neurons, Math.min(...points.map(([p]) => p!)), low, high);
    return {
      dots: points.map((p) => [plot.x(p[0]!), plot.y(p.at(-1)!)] as const),
      curve: polyline(curve.length, (i) => plot.x(curve[i]![0]), (i) => plot.y(curve[i]![1])),
      strips: neurons === null || line ? [] : rampsFrom(neurons).map((ramp) => stripPath(ramp, view, plot)),
    };
  }, [engine, name]);
  return (
    <svg viewBox={`0 0 ${side} ${side}`} aria-hidden="true">
      <g class="strips">
        {drawn.strips.map((d) => (
          <path key={d} d={d} />
        ))}
      </g>
      <path class="graph" d={drawn.curve} />
      {drawn.dots.map(([x, y]) => (
        <circle key={`${x} ${y}`} cx={x} cy={y} r={drawn.dots.length > 6 ? 2 : 2.6} />
      ))}
    </svg>
  );
}

type Store = Pick<Signals, 'state' | 'engine'> & Pick<Commands, 'update'>;

/** A choice of one, as the list above it: arrow keys go from picture to picture. */
export function Sketches({ store, dimension }: { store: Store; dimension: number }) {
  const group = useUniqueId('sketches');
  const now = useComputed(() => store.state.value.preset).value;
  const engine = store.engine.value;
  if (engine === null) return null;
  const presets = engine.presets.filter(({ points }) => points[0]!.length === dimension);
  return (
    <div class="sketches" role="radiogroup" aria-label="Arrangements as pictures">
      {presets.map((preset) => {
        const title = preset.title.replace(/ \(.*\)$/, '');
        return (
          <label key={preset.name} title={title} data-testid={`sketch-${preset.name}`}>
            <input type="radio" name={group} aria-label={title} checked={preset.name === now} onChange={() => store.update({ preset: preset.name, points: [], radius: null })} />
            <Sketch engine={engine} preset={preset} />
          </label>
        );
      })}
    </div>
  );
}
