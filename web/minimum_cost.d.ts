// The module of wasm_bindings/minimum_cost.cpp as TypeScript sees it: what is proved, apart
// from the library's other module so that it may be loaded later. Errors are as in denoise.d.ts.
import type { ModuleOptions, Network } from './denoise';

export interface MinimumCostSolver {
  /** Begins a search, in place of one before. Throws DenoiseError for points and balls of which there
   *  is none. @param points d x N, column-major @param radius of the noise balls */
  begin(points: Float64Array, dimension: number, radius: number): void;
  /** Goes on for about so many operations (some 2e9 a second). @returns whether there is more to do */
  advance(work: number): boolean;
  /** What is known so far: JSON for Session.takeMinimumCost(). */
  result(): string;
  /** The proof of what was found, of points in a plane: |G| of lines by the angle of their normal and
   *  their distance from the first point, distances.length x angles.length column-major; NaN where a
   *  line crosses a ball. A view, valid until the next call. */
  dualField(angles: Float64Array, distances: Float64Array): Float64Array;
  delete(): void;
}

/** MinimumCostSolver.result(), parsed. Without `cost` and `network` where none was found. */
export interface MinimumCostResult {
  exists: boolean; blocked_by: number[]; finished: boolean; lower_bound: number; rounds: number;
  cost?: number; network?: Network;
}

/** A network's weights, column-major: W^T (d x K), b (K), A (d x K), V (d x d), c (d). */
export interface Weights {
  inputWeights: Float64Array; biases: Float64Array; outputWeights: Float64Array; skip: Float64Array; offset: Float64Array;
}

/** How far a network is from the best of any width for its samples. */
export interface OptimalitySearch {
  /** Throws DenoiseError for data and networks of which nothing is certified.
   *  @param clean d x N @param noisy d x N M @param weightDecay lambda; 0: the least cost that fits */
  begin(clean: Float64Array, noisy: Float64Array, dimension: number, network: Weights, weightDecay: number): void;
  /** Does a part of the work, some 0.1 s. @returns whether there is more to do */
  advance(): boolean;
  /** JSON `Optimality`. */
  result(): string;
  delete(): void;
}

/** Every network's objective is at least lower_bound. */
export interface Optimality {
  objective: number; lower_bound: number;
  gap: number | null;     // objective / lower_bound - 1; null where nothing is proved
  best_objective: number; // of the best network that was met
  reason: string;         // empty
}

export interface MinimumCostModule {
  MinimumCostSolver: new () => MinimumCostSolver;
  OptimalitySearch: new () => OptimalitySearch;
}
export default function createMinimumCost(options?: ModuleOptions): Promise<MinimumCostModule>;
