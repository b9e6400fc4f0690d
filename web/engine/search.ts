// The search for the least cost of few points, in the frame that shows them: a module of its own, loaded after
// the first figure is drawn. What takes longer is sought apart (sought.ts). What flows is in it too.
import wasmUrl from '#denoise/minimum_cost.wasm?url';
import type { Description } from '../denoise';
import type { Flows, MinimumCostModule, MinimumCostSolver, SplitRampSolver } from '../minimum_cost';
import { apart, type Found } from './found';
import { slice } from './sought';
import { instantiate } from './wasm';
import { wasmBytes } from '#wasm-bytes';

export class Search {
  private solver: MinimumCostSolver | null = null;
  private ramps: SplitRampSolver | null = null;
  private under: MinimumCostSolver | SplitRampSolver | null = null; // of the two the one that seeks
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

  /** Goes on for some 10 ms. @returns what take() hands on, once it has ended */
  advance(): Found | null {
    if (this.under!.advance(slice)) return null;
    this.begun = false;
    return apart(this.under!.result());
  }
}
