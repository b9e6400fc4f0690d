// What a term of the formula means, lit on the line; and the terms that are in the picture.
import type { Size } from '../../drawing/figure';
import { clipOf } from '../../drawing/plot';
import { layer, nice } from '../../drawing/svg';
import { currentPoints } from '../../store/clean_points';
import type { Signals } from '../../store/signals';
import type { Lit } from '../../ui/formula';
import { numbered, type Term } from '../points/terms';
import { plotOf, valueAt, type LineInputs } from './figure';

/** Where h is straight between two balls: from and to, each y and h. */
export interface Stretch {
  from: [number, number];
  to: [number, number];
  slope: number;
}
type Store = Pick<Signals, 'state' | 'engine' | 'description' | 'configuration'>;

/** Between the reference's bends, where it rises. */
export function stretchesOf(store: Store): Stretch[] {
  void store.configuration.value;
  const which = store.description.value?.reference?.kind;
  const engine = store.engine.value;
  if (engine === null || which === undefined || store.description.value?.dimension !== 1) return [];
  const neurons = engine.neurons(which);
  const bends = Float64Array.from({ length: neurons.length / 4 }, (_, k) => neurons[4 * k]! * neurons[4 * k + 1]!).sort();
  const h = engine.evaluate(which, bends);
  const all = Array.from(bends.subarray(1), (y, i): Stretch => ({ from: [bends[i]!, h[i]!], to: [y, h[i + 1]!], slope: (h[i + 1]! - h[i]!) / (y - bends[i]!) }));
  return all.filter(({ slope }) => slope > 1e-9);
}

export function termsOf(store: Store): Term[] {
  const description = store.description.value;
  if (description === null) return [];
  const cost = description.reference?.cost;
  return [
    { what: 'balls', name: 'ρ', value: `= ${nice(description.radius)}` },
    ...(cost === undefined ? [] : [{ what: 'ramps', name: 'R', value: `= ${cost.toFixed(4)}` }]),
    { what: 'points', name: 'N', value: `= ${currentPoints(store).length}` },
    ...stretchesOf(store).map(({ slope }, n) => ({ what: 'ramps', n, name: numbered('s', n), value: slope.toFixed(3) })),
  ];
}

interface Shown {
  lit: Lit;
  stretches: readonly Stretch[];
}

export const litLine = (store: Store) => ({
  over: (lit: Lit | null): Shown | null => lit && { lit, stretches: lit.what === 'ramps' ? stretchesOf(store) : [] },
  draw: drawLit,
});

function drawLit(svg: SVGSVGElement, shown: Shown | null, inputs: LineInputs, size: Size): void {
  const { lit, stretches } = shown ?? { lit: null, stretches: [] };
  const plot = plotOf(size, inputs.view);
  const { x, y, top, side } = plot;
  const circle = (a: number, b: number, r: number) => `M${x(a) - r},${y(b)}a${r},${r} 0 1 0 ${2 * r},0a${r},${r} 0 1 0 ${-2 * r},0Z`;
  const { trained, trainedKinks } = inputs;
  const shapes = (): { what: string; d: string }[] => {
    switch (lit?.what) {
      case 'balls':
        return inputs.accepted.map(([p]) => ({ what: 'balls', d: `M${x(p! - inputs.radius)},${top}H${x(p! + inputs.radius)}V${top + side}H${x(p! - inputs.radius)}Z` }));
      case 'points':
        return inputs.accepted.map(([p]) => ({ what: 'points', d: circle(p!, p!, 11) }));
      case 'ramps':
        return stretches.filter((_, n) => lit.n === undefined || n === lit.n).map(({ from, to }) => ({ what: 'stretch', d: `M${x(from[0])},${y(from[1])}L${x(to[0])},${y(to[1])}` }));
      case 'trained': {
        // Its neurons, each where it bends.
        const most = Math.max(0, ...trainedKinks.map(({ bend }) => Math.abs(bend)));
        const bends = trained === null ? [] : trainedKinks.filter(({ bend }) => Math.abs(bend) > 1e-3 * most);
        return bends.map(({ at }) => ({ what: 'trained', d: circle(at, valueAt(trained!, at), 6) }));
      }
      default:
        return [];
    }
  };
  layer(svg, 'lit')
    .attr('clip-path', clipOf(svg, plot))
    .selectAll('path')
    .data(shapes())
    .join('path')
    .attr('class', (s) => s.what)
    .attr('d', (s) => s.d);
}
