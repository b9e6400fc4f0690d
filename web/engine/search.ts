// The search for the least cost: a module of its own, loaded after the first figure is drawn.
import wasmUrl from '#denoise/minimum_cost.wasm?url';
import type { Description } from '../denoise';
import type { MinimumCostSolver } from '../minimum_cost';
import { wasmBytes } from './wasm';

const slice = 2e7; // operations, some 10 ms

export class Search {
  private solver: MinimumCostSolver | null = null;
  private loading: Promise<void> | null = null;
  /** The module's bytes, once they are there. */
  wasm: ArrayBuffer | null = null;
  /** A search is under way. */
  begun = false;

  /** Loads the module, once; where it could not be loaded the next call tries again. */
  load(): Promise<void> {
    this.loading ??= this.fetch().catch(() => {
      this.loading = null;
      throw new Error('The search for the least cost could not be loaded; another change of the data tries again.');
    });
    return this.loading;
  }
  private async fetch(): Promise<void> {
    const [{ default: create }, wasmBinary] = await Promise.all([import('#denoise/minimum_cost.mjs'), wasmBytes(wasmUrl)]);
    this.wasm = wasmBinary.slice(0);
    const module = await create({ wasmBinary, locateFile: (path) => path });
    this.solver = new module.MinimumCostSolver();
  }

  /** Begins a search in place of one before. False: the module is not there yet. */
  begin(points: Float64Array, { dimension, radius }: Description): boolean {
    this.begun = this.solver !== null;
    this.solver?.begin(points, dimension, radius);
    return this.begun;
  }

  /** Goes on for some 10 ms. @returns what Session.takeMinimumCost() takes, once it has ended */
  advance(): string | null {
    if (this.solver!.advance(slice)) return null;
    this.begun = false;
    return this.solver!.result();
  }
}
