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

export type Which = 'closed-form' | 'trained' | 'empirical-mmse' | 'vertex-ramp';

/** A small fixed record, copied. Lengths and losses in the data's units. */
export interface TrainingStatus {
  step: number;
  loss: number;             // (1/NM) sum |h(y) - x|^2
  initialLoss: number;
  greatestResidual: number; // over the samples
  cost: number;             // sum |a_k||w_k|
  converged: boolean;       // the rule held when it was last looked at
  rest: '' | 'converged' | 'unconverged' | 'diverged'; // why training rests; '' while it does not
  reason: string;           // one sentence when it rests unconverged or diverged; else ''
}

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
  /** Sends training on from its rest at the schedule's end, until the rule begins to hold. */
  goOn(): void;
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
  /** JSON of a network as in the result document. */
  network(which: Which): string;
  /** JSON list of TrainingStatus over the run. */
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
  affineDimension: number;
  diameter: number;
  greatestRadius: number; // bound of the noise radius
  radius: number;         // matching noise radius rho
  level: number;          // matching noise level sigma
  /** The closed form that applies, or null with `reason`. */
  closedForm: null | {
    form: string; mark: 'theorem' | 'certified' | 'conjecture' | 'derived';
    source: string; statement: string; cost: number; optimal: boolean;
    residual: number; // over the noise balls
    ofSamples: boolean; // the closed form of the given samples rather than of balls
  };
  reason: string; // why there is no closed form; empty when there is one
  /** How training differs from what the closed form is proved for; `where` names the field. */
  premises: { where: string; message: string }[];
  greatestWeightDecay: number; // bound of lambda
  /** The vertex-ramp interpolant, offered where no closed form is known and it is feasible. */
  vertexRamp: null | { cost: number };
  /** Reference directions for the rose, d x n column-major lists; empty when undefined or d > 16. */
  edges: number[][];
  faces: number[][];
}

export interface Comparison {
  form: string; sup: number; rms: number; supRelative: number; // of the data's diameter
  cost: number; formulaCost: number; costRatio: number;        // cost of the merged trained network
}

export interface Statistics { mean: number; massAbove: number; histogram: number[] }
export interface DirectionAlignment { input: Statistics; output: Statistics; null: Statistics }
export interface AlignmentReport {
  edges: DirectionAlignment;
  faces: DirectionAlignment | null;
  rays: DirectionAlignment | null;
  self: Statistics; selfNull: Statistics;
  outsideHull: { input: number; output: number };
  boundary: number | null;
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
  denoiser?: { kind: Which };
  training?: ExperimentTraining;
}

export interface Preset { name: string; title: string; points: number[][]; radius: number }

export interface DenoiseModule {
  Session: new () => Session;
  /** JSON list of `Preset`. */
  presets(): string;
  /** JSON {"points":256,...}: bounds of everything that a stranger can set. */
  limits(): string;
  version(): string;
}

export interface ModuleOptions {
  locateFile?: (path: string) => string;
  wasmBinary?: ArrayBuffer;
}
export default function createDenoise(options?: ModuleOptions): Promise<DenoiseModule>;
