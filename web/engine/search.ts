// The search for the least cost: a module of its own, loaded after the first figure is drawn. What flows
// is in it too.
import wasmUrl from '#denoise/minimum_cost.wasm?url';
import type { Description } from '../denoise';
import type { Flows, MinimumCostModule, MinimumCostResult, MinimumCostSolver, SplitRampSolver } from '../minimum_cost';
import type { Found } from './found';
import { instantiate } from './wasm';
import { wasmBytes } from '#wasm-bytes';

const firstAngle = -100; // of the picture of a proof, in degrees: neurons along the axes stand inside it
const slice = 2e7; // operations, some 10 ms

/** A result that is no view of the module's memory. */
const apart = (found: Found): Found => (typeof found === 'string' ? found : found.slice());

/** The proof of a least cost as a picture. */
export interface Proof {
  columns: number; // angles of a line's normal, a full turn from `first` on
  first: number; // degrees
  rows: number; // distances of the line from the first point, from 0 up to `reach`
  reach: number;
  field: Float64Array; // |G|, rows x columns, column-major; NaN where the line crosses a ball
  finished: boolean; // cost and lowerBound have met
  cost: number;
  lowerBound: number;
  unique: boolean; // no other function costs as little
  neurons: { angle: number; distance: number }[];
}

export class Search {
  private solver: MinimumCostSolver | null = null;
  private ramps: SplitRampSolver | null = null;
  private under: MinimumCostSolver | SplitRampSolver | null = null; // of the two the one that seeks
  private drawer: MinimumCostSolver | null = null; // for proofs, apart from the search that goes on
  private loading: Promise<void> | null = null;
  private readonly flowing = new Map<string, Flows>();
  /** The module, and what is compiled of it for others, once they are there. */
  module: MinimumCostModule | null = null;
  wasm: WebAssembly.Module | null = null;
  /** A search is under way. */
  begun = false;
  /** The last one has begun from what one before it had found: its last digits depend on that. */
  near = false;

  /** Loads the module, once; where it could not be loaded the next call tries again. */
  load(): Promise<void> {
    this.loading ??= this.fetch().catch(() => {
      this.loading = null;
      throw new Error('The search for the least cost could not be loaded; another change of the data tries again.');
    });
    return this.loading;
  }
  private async fetch(): Promise<void> {
    const [{ default: create }, bytes] = await Promise.all([import('#denoise/minimum_cost.mjs'), wasmBytes(wasmUrl)]);
    const wasm = await WebAssembly.compile(bytes);
    const module = await instantiate(create, wasm);
    this.solver = new module.MinimumCostSolver();
    this.drawer = new module.MinimumCostSolver();
    this.ramps = new module.SplitRampSolver();
    this.wasm = wasm;
    this.module = module;
  }

  /** Particles that flow, kept for each that asks by its name. After load(). */
  flows(owner: string): Flows {
    const kept = this.flowing.get(owner) ?? new this.module!.Flows();
    this.flowing.set(owner, kept);
    return kept;
  }

  /** Begins a search in place of one before. False: the module is not there yet.
   *  @param near whether these points are those of the last search, some of them moved a little */
  begin(points: Float64Array, { dimension, radius, searching }: Description, near = false): boolean {
    this.begun = this.solver !== null;
    this.near = false;
    if (!this.begun) return false;
    this.under = searching === 'split-ramp' ? this.ramps! : this.solver!;
    if (near && this.under === this.solver) {
      this.solver!.beginNear(points, dimension, radius);
      this.near = true;
    } else this.under.begin(points, dimension, radius);
    return true;
  }

  /** Solves anew, between frames, and draws the proof; null where there is no finite network, or
   *  `wanted` is no longer so. After load(). */
  async proof(points: Float64Array, { radius }: Description, columns: number, rows: number, wanted: () => boolean): Promise<Proof | null> {
    const solver = this.drawer!;
    solver.begin(points, 2, radius);
    while (solver.advance(slice)) {
      await new Promise((wake) => setTimeout(wake));
      if (!wanted()) return null;
    }
    const { exists, finished, cost, unique, lower_bound: lowerBound, network } = JSON.parse(solver.result()) as MinimumCostResult;
    if (!exists || cost === undefined) return null;
    const [x = 0, y = 0] = points;
    const neurons = network!.input_weights.map(([a = 0, b = 0], k) => {
      const length = Math.hypot(a, b);
      const distance = -network!.biases[k]! / length - (a * x + b * y) / length;
      return { angle: (Math.atan2(b, a) + 2 * Math.PI) % (2 * Math.PI), distance };
    });
    let reach = 0;
    for (let n = 0; n < points.length; n += 2) reach = Math.max(reach, Math.hypot(points[n]! - x, points[n + 1]! - y) + radius);
    const angles = Float64Array.from({ length: columns }, (_, i) => ((360 * (i + 0.5)) / columns + firstAngle) * (Math.PI / 180));
    const distances = Float64Array.from({ length: rows }, (_, i) => (reach * (i + 0.5)) / rows);
    return { columns, rows, first: firstAngle, reach, field: solver.dualField(angles, distances).slice(), finished, cost, lowerBound, unique: unique === true, neurons };
  }

  /** What has to be sought of points apart from the page's, between frames; null where `wanted` is no longer
   *  so. After load(). */
  async once(points: Float64Array, { dimension, radius, searching }: Description, wanted: () => boolean): Promise<Found | null> {
    const solver = searching === 'split-ramp' ? new this.module!.SplitRampSolver() : new this.module!.MinimumCostSolver();
    try {
      solver.begin(points, dimension, radius);
      while (solver.advance(slice)) {
        await new Promise((wake) => setTimeout(wake));
        if (!wanted()) return null;
      }
      return apart(solver.result());
    } finally {
      solver.delete();
    }
  }

  /** What networks of any width cost at least, beside one of this cost, in words; '' once `wanted` is no
   *  longer so. Between frames. After load(). */
  async anyWidth(points: Float64Array, { dimension, radius }: Description, cost: number, wanted: () => boolean): Promise<string> {
    const solver = new this.module!.AnyWidthSolver();
    try {
      solver.begin(points, dimension, radius);
      while (solver.advance(slice)) {
        await new Promise((wake) => setTimeout(wake));
        if (!wanted()) return '';
      }
      return solver.proved(cost);
    } finally {
      solver.delete();
    }
  }

  /** Goes on for some 10 ms. @returns what take() hands on, once it has ended */
  advance(): Found | null {
    if (this.under!.advance(slice)) return null;
    this.begun = false;
    return apart(this.under!.result());
  }
}
