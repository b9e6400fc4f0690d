// The module of wasm_bindings/minimum_cost.cpp as TypeScript sees it: the search for the least cost,
// apart from the library's other module so that it may be loaded later. Errors are as in denoise.d.ts.
import type { ModuleOptions } from './denoise';

export interface MinimumCostSolver {
  /** Begins a search, in place of one before. Throws DenoiseError for points and balls of which there
   *  is none. @param points d x N, column-major @param radius of the noise balls */
  begin(points: Float64Array, dimension: number, radius: number): void;
  /** Goes on for about so many operations (some 2e9 a second). @returns whether there is more to do */
  advance(work: number): boolean;
  /** What is known so far: JSON for Session.takeMinimumCost(). */
  result(): string;
  delete(): void;
}

export interface MinimumCostModule {
  MinimumCostSolver: new () => MinimumCostSolver;
}
export default function createMinimumCost(options?: ModuleOptions): Promise<MinimumCostModule>;
