// The record of a run: its network at moments that are spaced by how far the function moved, not by
// time, so that it is the same on every machine. It is looked at at fixed steps, it changes nothing of
// the run, and what it holds is bounded. In one and two dimensions.
import type { AlignmentReport, Description, Session } from '../denoise';
import { cornersOf, evaluate, gridPoints, weightsOf, type Weights } from './moment';
import type { Comparison, Grid, RunEvent } from './protocol';
import { most, RunRecord, type Kept } from './record';

export interface Moment extends Weights, Kept {
  arc: number; // how far the function had moved, of the diameter
}

const finest = [0.001, 0.003]; // of the diameter: the spacing of a record that is not full, by dimension
const still = 1.4; // a moment at least each time that the steps have grown by so much
const nodes = [17, 5]; // of the grid where its moves are seen, by dimension
const compared = [1001, 101]; // of the grid of comparisons, as in measures/function_distance.cpp

export function greatest(a: Float64Array, b: Float64Array, d: number): number {
  let square = 0;
  for (let at = 0; at < a.length; at += d) {
    let sum = 0;
    for (let i = at; i < at + d; ++i) sum += (a[i]! - b[i]!) ** 2;
    square = Math.max(square, sum);
  }
  return Math.sqrt(square);
}

export class Recorder extends RunRecord<Moment> {
  private arc = 0;
  private neurons = -1; // with mass, at the last look
  private last: Float64Array | null = null;
  private spacing: number;
  private readonly low: number[];
  private readonly high: number[];
  private readonly fixed: Float64Array; // where it is looked at, behind the corners
  private readonly corners: Float64Array;
  private points: Float64Array | null = null; // where denoisers are compared
  private reference: Float64Array | null = null; // there

  /** @param first the step that the session is at */
  constructor(
    private readonly session: Session,
    private readonly description: Description,
    first: number,
  ) {
    const { dimension: d, radius, experiment } = description;
    super(first, Math.min(most.moments, Math.floor(most.bytes / (8 * (2 * d + 2) * (experiment.training!.width ?? 1) + 1000))));
    const clean = session.cleanPoints();
    const axis = (i: number) => clean.filter((_, n) => n % d === i);
    this.low = Array.from({ length: d }, (_, i) => Math.min(...axis(i)) - 2 * radius);
    this.high = Array.from({ length: d }, (_, i) => Math.max(...axis(i)) + 2 * radius);
    this.corners = Float64Array.from(cornersOf(this.low, this.high));
    this.fixed = Float64Array.from([...this.corners, ...gridPoints(this.low, this.high, new Array<number>(d).fill(nodes[d - 1]!))]);
    this.spacing = finest[d - 1]!;
  }

  look(step: number, rests: boolean, happened?: RunEvent): boolean {
    const { session, first } = this;
    const d = this.description.dimension;
    if (!this.looked(step, rests)) return false;
    const values = session.evaluate('trained', this.fixed).slice();
    const now = values.subarray(this.corners.length);
    if (this.last !== null) this.arc += greatest(now, this.last, d) / this.description.diameter;
    this.last = now;
    let neurons = 0;
    const all = session.neurons('trained').slice();
    for (let k = 2 * d + 1; k < all.length; k += 2 * d + 2) if (all[k]! > 0) ++neurons;
    const before = this.neurons;
    this.neurons = neurons;
    const merged = before > neurons;
    const last = this.moments.at(-1);
    if (!(last === undefined || merged || rests || step === first + 1 || this.apart(last, { step, arc: this.arc }))) return false;
    if (!rests) session.measure(); // at rest it is
    const status = session.trainingStatus();
    const event = !rests && merged ? ({ kind: 'merged', from: before, to: neurons } as const) : this.eventOf(status, rests, happened);
    this.add({ step, arc: this.arc, loss: status.loss, event, checksum: session.checksum(), status, ...weightsOf(all, this.corners, values.subarray(0, this.corners.length), d) });
    return true;
  }

  protected override apart(a: { step: number; arc: number }, b: { step: number; arc: number }): boolean {
    return b.arc - a.arc >= this.spacing || b.step - this.first >= still * (a.step - this.first);
  }

  protected override widen(): void {
    this.spacing *= 2;
  }

  align = (moment: Moment): AlignmentReport => (moment.alignment ??= JSON.parse(this.session.alignmentOf(moment.neurons)) as AlignmentReport);

  values(moment: Moment, { lower, upper, shape }: Grid): Float64Array {
    return evaluate(moment, gridPoints(lower, upper, shape), shape.length);
  }

  override forget(): void {
    this.reference = null;
    super.forget();
  }

  /** How far it is from the reference of this kind, where the library compares them. */
  compare(moment: Moment, kind: Description['reference']): Comparison | null {
    if (moment.comparison !== undefined) return moment.comparison;
    if (kind === null) return (moment.comparison = null);
    const d = this.description.dimension;
    const { places, reference } = this.compared(kind);
    const sup = greatest(evaluate(moment, places, d), reference!, d);
    return (moment.comparison = { sup, sup_relative: sup / this.description.diameter });
  }

  /** Where it is compared, and the reference of this kind there. */
  compared(kind: Description['reference']): { places: Float64Array; reference: Float64Array | null } {
    this.points ??= this.comparisonPoints();
    if (kind !== null) this.reference ??= this.session.evaluate(kind.kind, this.points).slice();
    return { places: this.points, reference: this.reference };
  }

  /** A grid around the clean points, in their hull. */
  private comparisonPoints(): Float64Array {
    const { dimension: d, affine_dimension: r, radius } = this.description;
    if (r === d) return gridPoints(this.low, this.high, new Array<number>(d).fill(compared[d - 1]!));
    const clean = this.session.cleanPoints().slice();
    const [x, y] = [clean[0]!, clean[1]!];
    const far = (at: number) => Math.hypot(clean[at]! - x, clean[at + 1]! - y);
    let end = 0;
    for (let at = 0; at < clean.length; at += 2) if (far(at) > far(end)) end = at;
    const [u, v] = [(clean[end]! - x) / far(end), (clean[end + 1]! - y) / far(end)];
    const along = Array.from({ length: clean.length / 2 }, (_, n) => (clean[2 * n]! - x) * u + (clean[2 * n + 1]! - y) * v);
    const places = gridPoints([Math.min(...along) - 2 * radius], [Math.max(...along) + 2 * radius], [compared[0]!]);
    return Float64Array.from([...places].flatMap((t) => [x + t * u, y + t * v]));
  }
}
