// The module of wasm_bindings/minimum_cost.cpp and risk.cpp as TypeScript sees it: what is proved, what
// flows and what errs, apart from the library's other module so that it may be loaded later. Errors are as in denoise.d.ts.
import type { ModuleOptions, Network } from './denoise';

export interface MinimumCostSolver {
  /** Begins a search, in place of one before. Throws DenoiseError for points and balls of which there
   *  is none. @param points d x N, column-major @param radius of the noise balls */
  begin(points: Float64Array, dimension: number, radius: number): void;
  /** The same, from what the last search has found, of as many points that lie near these: sooner at an end
   *  where a point of a plane is dragged; what is certified is certified anew. */
  beginNear(points: Float64Array, dimension: number, radius: number): void;
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
  unique?: boolean; // the conditions of optimality, met to 1e-7, allow no other function
}

/** The search for what networks of any width cost at least, also of infinitely wide ones. */
export interface AnyWidthSolver {
  /** Throws DenoiseError for points and balls of which nothing is bounded. As MinimumCostSolver.begin(). */
  begin(points: Float64Array, dimension: number, radius: number): void;
  /** Goes on for about so many operations. @returns whether there is more to do */
  advance(work: number): boolean;
  /** What is known so far of a network of this cost, in words: "optimal at any width, to 3e-12". */
  proved(cost: number): string;
  delete(): void;
}

/** The search for the cheapest split ramps. */
export interface SplitRampSolver {
  /** Throws DenoiseError for more points than it takes. As MinimumCostSolver.begin(). */
  begin(points: Float64Array, dimension: number, radius: number): void;
  /** Goes on for about so many operations. @returns whether there is more to do */
  advance(work: number): boolean;
  /** At the end, what Session.takeSplitRamps() takes: a bound of all split ramps' costs and the ramps; empty
   *  where there are none. A view. */
  result(): Float64Array;
  delete(): void;
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
  /** JSON `Optimality`: what Session.takeOptimality() takes. */
  result(): string;
  delete(): void;
}

/** Every network's objective is at least lower_bound. OptimalitySearch adds the best network itself, `best`. */
export interface Optimality {
  objective: number; lower_bound: number;
  gap: number | null;     // objective / lower_bound - 1; null where nothing is proved
  best_objective: number; // of the best network that was met
  reason: string;         // empty
}

/** Whose risk: the denoiser of least cost with noise radius sigma, the posterior means with the clean points
 *  and with the truth itself as prior, or a network that is given. */
export type RiskOf = 'least-cost' | 'empirical-mmse' | 'exact-mmse' | 'network';

/** The risk of a denoiser on a line against the noise level sigma, for a truth that is uniform between the
 *  outermost clean points: as the command's report `risk`. */
export interface RiskCurve {
  /** Throws DenoiseError. @param levels sigma, at most 32 @param network of 'network' alone */
  begin(points: Float64Array, levels: Float64Array, of: RiskOf, network: Weights | null): void;
  /** Does a part of the work, at most some 4096 values of the denoiser. @returns whether there is more to do */
  advance(): boolean;
  /** By level; NaN where there is none, or none yet. A view. */
  values(): Float64Array;
  delete(): void;
}

export type FlowKind = 'score' | 'probability';
export type FlowDenoiser = 'closed-form' | 'minimum-cost' | 'empirical-mmse' | 'trained';
export type Sampler = 'euler' | 'heun';
export type Schedule = 'log-uniform' | 'linear' | 'edm';

/** What flows; what is left out has its default. Bounds: ParticleFlowOptions of denoise/particle_flow.h. */
export interface FlowSettings {
  kind?: FlowKind;
  denoiser?: FlowDenoiser | 'split-ramp';
  radius?: number;    // rho of the score flow's denoiser
  alpha?: number;     // rho over sigma
  sigma?: number;     // sigma_T, of the starts
  least?: number;     // sigma_0, of the last denoiser
  steps?: number;     // of the sampler
  schedule?: Schedule;
  sampler?: Sampler;
  particles?: number;
  frames?: number;
  seed?: number;
  threshold?: number; // of the ends' classes, in the data's units
  nodes?: number;     // of the map of ends along each side of the box; 0: no map
  low?: number[];     // corners of the box; none: no stationary points are sought
  high?: number[];
}

/** What Flows.advance() is at: the particles' results are there from 2 on, the map at 4. */
export type FlowStage = 0 | 1 | 2 | 3 | 4; // denoisers, particles, stationary points, basins, done

/** Particles that flow from noise to their ends, in slices. */
export interface Flows {
  /** Throws DenoiseError. @param points d x N, column-major @param settings JSON FlowSettings
   *  @param networks JSON list of Network: of a trained denoiser one, or one for each level; else '[]' */
  begin(points: Float64Array, dimension: number, settings: string, networks: string): void;
  /** Does a part of the work, some 1 ms. Throws DenoiseError where a level has no denoiser. */
  advance(): FlowStage;
  /** Where the particles are: frame by frame, particle by particle, d numbers each. A view, valid until
   *  the next call of begin() or advance(). */
  paths(): Float64Array;
  /** Where starts on the box's grid end, its second coordinate fastest: the class plus 8 times which
   *  point, or the set of points as a binary number. A view. */
  basins(): Float64Array;
  /** JSON FlowResult. */
  result(): string;
  /** The whole path of a start of d numbers by the same denoisers, JSON FlowPath. Throws DenoiseError
   *  while they are being made. */
  path(start: Float64Array): string;
  /** What the denoiser in force at this r or sigma makes of y, d x n column-major. A view. */
  values(time: number, y: Float64Array): Float64Array;
  delete(): void;
}

export type EndClass = 'training-point' | 'virtual-point' | 'boundary' | 'inside' | 'outside';

/** A share with its interval of 95 %. */
export interface Share { value: number; low: number; high: number }

export interface FlowResult {
  times: number[]; // of the frames: r from 0 on, or sigma down to 0
  frame: 'box' | 'simplex' | 'hull';
  base: number;    // the box's x_0; -1: there is none
  virtual: { point: number[]; members: number[] }[];
  classes: (Share & { name: EndClass; count: number })[];
  memorised: Share; // ends three times as near to their nearest clean point as to the second
  ends: number[];   // of each particle, its class's place in `classes`
  stationary: { point: number[]; stability: 'stable' | 'saddle' | 'unstable' | 'marginal'; continuum: number }[];
  complete: boolean; // all stationary points in the box were found
  bends: number[][]; // of the network, at the first level: w (unit), tau
}

/** Where one start goes. */
export interface FlowPath {
  times: number[];    // of its points: r from 0 on, or sigma at the sampler's levels down to 0
  points: number[][]; // the last is the end
  crossing_times: number[]; // r at which a network's score flow goes on to another affine piece
  crossing_points: number[][];
  arrival: number;    // the time from which on it is within a hundredth of the diameter of its end
  end: { name: EndClass; distance: number; points: number[]; along: number[] };
}

export interface MinimumCostModule {
  MinimumCostSolver: new () => MinimumCostSolver;
  AnyWidthSolver: new () => AnyWidthSolver;
  OptimalitySearch: new () => OptimalitySearch;
  SplitRampSolver: new () => SplitRampSolver;
  Flows: new () => Flows;
  RiskCurve: new () => RiskCurve;
}
export default function createMinimumCost(options?: ModuleOptions): Promise<MinimumCostModule>;
