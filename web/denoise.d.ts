// The module of wasm_bindings/bindings.cpp as TypeScript sees it. Structured things cross as JSON
// (written and read by the library's own parser), numbers in bulk as views of the module's memory.
//
// Views are valid until the next call of any method: memory may grow and move. Copy with .slice()
// what must outlive a call or travel to another thread.

/** A refused input: `message` is the library's sentence, `where` the document's field. */
export interface DenoiseError extends Error {
  name: 'DenoiseError';
  where: string;
}

export type Which = 'closed-form' | 'minimum-cost' | 'trained' | 'empirical-mmse' | 'vertex-ramp' | 'split-ramp' | 'network';

/** A small fixed record, copied. Lengths and losses in the data's units. */
export interface TrainingStatus {
  step: number;
  loss: number;             // (1/NM) sum |h(y) - x|^2
  initial_loss: number;
  greatest_residual: number; // over the samples
  cost: number;             // sum |a_k||w_k|
  converged: boolean;       // the rule held when it was last looked at, and a certificate that was taken bears it out
  rest: '' | 'converged' | 'unconverged' | 'diverged'; // why training rests; '' while it does not
  reason: string;           // one sentence when it rests unconverged or diverged; else ''
}

/** The status at one of the steps that a run remembers. */
export interface HistoryEntry { step: number; loss: number; greatest_residual: number; cost: number }

export interface Session {
  /** Hands over an IDX file's bytes as the image set `name`. Throws DenoiseError. */
  addImages(name: string, idx: Uint8Array): void;

  /**
   * Takes an experiment document: parses, validates, fills defaults in, builds the clean points and
   * the closed form. On refusal throws DenoiseError and leaves the session as it was. Training is
   * not started; an existing trainer is dropped.
   * @returns JSON `Description`
   */
  configure(experiment: string): string;

  /** Where the description says `searching`: takes the least cost, as MinimumCostSolver.result() of
   *  minimum_cost.d.ts gives it. @returns JSON `Description` */
  takeMinimumCost(found: string): string;
  /** The same of a SplitRampSolver's. */
  takeSplitRamps(found: Float64Array): string;
  /** Of a network that rests, takes what an OptimalitySearch of it found. Training with weight decay ends by it: the
   *  best network is the trained one until training goes on. Where samples are fitted the network stays, and has
   *  converged only within 0.1 % of the least. @returns its certified gap */
  takeOptimality(found: string): number;

  /** Clean points, d x N column-major: point n starts at n * d. */
  cleanPoints(): Float64Array;
  /** Noisy samples, d x NM column-major; sample j belongs to clean point floor(j / M). Those of the
   *  trainer's current step when there is one, else of the dataset. */
  samples(): Float64Array;

  /** Creates the trainer of the configured experiment at its initial weights (step 0). */
  startTraining(): void;
  /** Like configure() for changed points or noise, but a running trainer keeps its weights and
   *  goes on with the new data (same dimension and training options; else it is dropped). @returns JSON `Description` */
  updateData(experiment: string): string;
  /** Back to the same initial weights. */
  resetTraining(): void;
  /** Processes up to this many noisy samples of training; returns the number of completed steps.
   *  Stops at the step where training rests (see TrainingStatus.rest), and does nothing from there. */
  advance(samples: number): number;
  /** Sends training on from its rest at the schedule's end, until the rule holds when it is next looked at. */
  goOn(): void;
  /** Keeps the trained network as it stands, without a refit, until training begins anew or its data change: at most
   *  8,000,000 weights in all, as training has them. Throws DenoiseError beyond. @returns its number */
  keepMoment(): number;
  /** "trained" is that kept network from here on, in every question below; -1: as it stands. Throws DenoiseError
   *  where it is not kept, as dropMoment(). */
  showMoment(moment: number): void;
  dropMoment(moment: number): void;
  /** Brings the status up to the network as it stands; at rest it is. */
  measure(): void;
  trainingStatus(): TrainingStatus;

  /** Values of a denoiser at points (d x n column-major) -> d x n column-major. Throws where that
   *  denoiser is not defined. */
  evaluate(which: Which, points: Float64Array): Float64Array;
  /** Values on a grid of d axes, last coordinate fastest, without building the points in JavaScript
   *  -> d x n column-major. */
  evaluateGrid(which: Which, lower: Float64Array, upper: Float64Array, shape: Int32Array): Float64Array;
  /** The neurons of a network, (2 d + 2) x K column-major, neuron k starts at k * (2 d + 2): w (d,
   *  unit length), level tau (the hyperplane is w.y = tau), a direction times mass (d), mass
   *  |a||w|. A neuron without a kink is all zeros. */
  neurons(which: Which): Float64Array;

  /** JSON `Comparison`: of the trained network with the closed form (or, where none is known, null). */
  comparison(): string;
  /** JSON `AlignmentReport` of a network. */
  alignment(which: Which): string;
  /** The same of neurons that `neurons` gave, at whatever step that was. */
  alignmentOf(neurons: Float64Array): string;
  /** JSON `Network`, as in the result document. */
  network(which: Which): string;
  /** JSON list of `HistoryEntry` over the run. */
  history(): string;
  /** 16 hexadecimal digits of the trained network's bits. */
  checksum(): string;

  delete(): void;
}

export interface Description {
  /** The experiment as it will run, every default filled in. */
  experiment: Experiment;
  dimension: number;
  count: number;
  affine_dimension: number;
  diameter: number;
  greatest_radius: number; // bound of the noise radius
  radius: number;         // matching noise radius rho
  level: number;          // matching noise level sigma
  /** The closed form that applies. */
  closed_form: null | Form;
  /** What others are compared with: the closed form, or where none is known to be the cheapest the
   *  certified minimum-cost denoiser; or null with `reason`. */
  reference: null | Form;
  /** What is still sought: see Session.takeMinimumCost() and takeSplitRamps(). */
  searching: null | 'minimum-cost' | 'split-ramp';
  reason: string; // why there is no reference; empty when there is one
  /** How training differs from what the closed form is proved for; `where` names the field. */
  premises: { where: string; message: string }[];
  greatest_weight_decay: number; // bound of lambda
  refits: boolean; // training ends by a refit: see Session.takeOptimality()
  /** What is offered where there is no reference: split ramps, or of more points than those take vertex
   *  ramps. No split ramps cost less than `lower_bound`; other networks may. */
  ramps: null | { kind: 'split-ramp' | 'vertex-ramp'; cost: number; lower_bound?: number };
  /** The denoisers to choose from, with titles for people. */
  denoisers: { name: Which; title: string }[];
  /** Reference directions for the rose, d x n column-major lists; empty when undefined or d > 16. */
  edges: number[][];
  faces: number[][];
}

/** A denoiser that is a formula, or is certified. */
export interface Form {
  kind: Which; form: string; mark: 'theorem' | 'certified' | 'conjecture' | 'derived';
  source: string; statement: string; cost: number; optimal: boolean;
  neurons: number;
  residual: number; // over the noise balls
  of_samples: boolean; // of the given samples rather than of balls
}

export interface Comparison {
  form: string; sup: number; rms: number; sup_relative: number; // of the data's diameter
  cost: number; formula_cost: number; cost_ratio: number;        // cost of the merged trained network
}

/** Of the neurons, weighted by their mass, and the same by chance. */
export interface Statistics {
  mean: number; mass_above: number; histogram: number[];
  null_mean: number; null_mass_above: number; null_histogram: number[];
}
export interface DirectionAlignment { input: Statistics; output: Statistics }
export interface AlignmentReport {
  edges: DirectionAlignment;
  faces: DirectionAlignment | null;
  rays: DirectionAlignment | null;
  self: Statistics;
  outside_hull: { input: number; output: number };
  boundary: number;
}

/** K rows of input weights, K rows of output weights, d rows of the skip. */
export interface Network {
  input_weights: number[][]; biases: number[]; output_weights: number[][];
  skip: number[][]; offset: number[];
}

export interface ExperimentData {
  points?: number[][];
  preset?: string;
  images?: { set: string; indices: number[]; centre?: boolean; scale?: number };
}
export interface ExperimentNoise {
  radius?: number; level?: number; samples?: number; seed?: number; fresh?: boolean;
}
export interface ExperimentTraining {
  width?: number; method?: 'weight-decay' | 'augmented-lagrangian'; weight_decay?: number;
  learning_rate?: number; steps?: number; seed?: number; subspace?: boolean;
}
/** The experiment document, version 1. */
export interface Experiment {
  version: 1;
  data: ExperimentData;
  noise?: ExperimentNoise;
  denoiser?: { kind: Which; network?: Network }; // the denoiser 'network' has one
  training?: ExperimentTraining;
}

export interface Preset { name: string; title: string; points: number[][]; radius: number }

/** Bounds of everything that a stranger can set. */
export interface Limits {
  points: number; dimension: number; samples: number; sample_numbers: number; coordinate: number;
  width: number; weight_decay: number; least_learning_rate: number; learning_rate: number;
  steps: number; seed: number; document_bytes: number; evaluate_numbers: number;
}

/** The denoisers that an experiment can be about. */
export interface Choices { denoisers: DenoiserChoice[] }
export interface DenoiserChoice {
  name: string;
  title: string; // on a control
  network: boolean;
  reports: string[]; // that apply to it
}

export interface DenoiseModule {
  Session: new () => Session;
  /** JSON list of `Preset`. */
  presets(): string;
  /** JSON `Limits`. */
  limits(): string;
  /** JSON `Choices`. */
  choices(): string;
  version(): string;
}

export interface ModuleOptions {
  locateFile?: (path: string) => string;
  wasmBinary?: ArrayBuffer;
  /** In place of bytes; hands the instance on. */
  instantiateWasm?: (imports: WebAssembly.Imports, receive: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void) => object;
}
export default function createDenoise(options?: ModuleOptions): Promise<DenoiseModule>;
