// What a term of the formula means, lit in the plane; and the terms that are in the picture.
import type { Size } from '../../drawing/figure';
import { clipOf } from '../../drawing/plot';
import { layer, nice } from '../../drawing/svg';
import type { Signals } from '../../store/signals';
import type { Lit } from '../../ui/formula';
import { plotOf } from '../points/square';
import { numbered, type Term } from '../points/terms';
import { segment, type PlaneInputs } from './figure';
import { boundariesOf } from './of_data';
import { rampsOf, stripPath, type Ramp } from '../points/ramps';

type Store = Pick<Signals, 'engine' | 'description' | 'configuration'>;

/** What is lit, and of the network as it stands. */
interface Shown {
  lit: Lit;
  ramps: readonly Ramp[]; // formulaRamps()
  neurons: Float64Array | undefined; // of the trained network
}

/** The ramps that the formula speaks of: the closed form's, or where none is known the reference's. */
export const formulaRamps = (store: Store): Ramp[] => rampsOf(store, store.description.value?.closed_form ? 'closed-form' : undefined);

export function termsOf(store: Store): Term[] {
  const description = store.description.value;
  if (description === null) return [];
  const cost = description.closed_form?.cost ?? description.reference?.cost;
  return [
    { what: 'balls', name: 'ρ', value: `= ${nice(description.radius)}` },
    ...(cost === undefined ? [] : [{ what: 'ramps', name: 'R', value: `= ${cost.toFixed(4)}` }]),
    ...formulaRamps(store).map(({ cost: its }, n) => ({ what: 'ramps', n, name: numbered('ramp', n), value: its.toFixed(3) })),
  ];
}

export const litPlane = (store: Store & Pick<Signals, 'snapshot'>) => ({
  over: (lit: Lit | null): Shown | null =>
    lit && { lit, ramps: lit.what === 'ramps' ? formulaRamps(store) : [], neurons: lit.what === 'trained' ? store.snapshot.value?.neurons : undefined },
  draw: drawLit,
});

function drawLit(svg: SVGSVGElement, shown: Shown | null, inputs: PlaneInputs, size: Size): void {
  const { lit, ramps, neurons } = shown ?? { lit: null, ramps: [], neurons: undefined };
  const plot = plotOf(size, inputs.view);
  const { x, y, side } = plot;
  const circle = ([a, b]: number[], r: number) => `M${x(a!) - r},${y(b!)}a${r},${r} 0 1 0 ${2 * r},0a${r},${r} 0 1 0 ${-2 * r},0Z`;
  const shapes = (): { what: string; d: string }[] => {
    switch (lit?.what) {
      case 'balls':
        return inputs.accepted.map((p) => ({ what: 'balls', d: circle(p, (inputs.radius * side) / (2 * inputs.view.half)) }));
      case 'points':
        return inputs.accepted.map((p) => ({ what: 'points', d: circle(p, 11) }));
      case 'base':
        return inputs.base === null ? [] : [{ what: 'base', d: circle(inputs.base.at, 13) }];
      case 'ramps':
        return ramps.filter((_, n) => lit.n === undefined || n === lit.n).map((ramp) => ({ what: 'ramps', d: stripPath(ramp, inputs.view, plot) }));
      case 'trained': {
        const lines = boundariesOf(neurons ?? new Float64Array(0)).filter(({ share }) => share > 1e-4);
        return [{ what: 'trained', d: lines.map((b) => segment(b, inputs.view, x, y)).join('') }];
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
