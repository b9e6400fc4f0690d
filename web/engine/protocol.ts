// Messages between the page and the training loop (training.ts), which runs in a worker, or on the
// page's own thread where workers are blocked. Structured text is the library's JSON.
import type { Comparison as Compared, TrainingStatus, AlignmentReport } from '../denoise';
import type { FlowSettings, RiskOf, Weights } from '../minimum_cost';
import type { Followed } from './flows';
import type { Found } from './found';
import type { Answer, Sought } from './sought';

/** A grid of one or two dimensions, last coordinate fastest. */
export interface Grid {
  lower: number[];
  upper: number[];
  shape: number[];
}

export const sameGrid = (a: Grid | undefined, b: Grid): boolean =>
  a !== undefined && a.shape.length === b.shape.length && a.lower.every((v, i) => v === b.lower[i]) && a.upper.every((v, i) => v === b.upper[i]);

export type Comparison = Pick<Compared, 'sup' | 'sup_relative'>;

/** What happened in a run. */
export type RunEvent = { kind: 'solved' } | { kind: 'merged'; from: number; to: number } | { kind: 'rest'; rest: TrainingStatus['rest'] } | { kind: 'refit' };

/** What the page knows of a recorded moment. */
export interface Recorded {
  step: number;
  loss: number;
  checksum: string; // of the network's bits
  event?: RunEvent;
}

/** What the page knows of a kept run at the moment that is shown of it. */
export interface KeptMoment {
  id: string;
  status: TrainingStatus;
  checksum: string;
  neurons: Float64Array; // see Session.neurons
  values: Float64Array; // on the request's grid
  distance: number | null; // to its reference, of the diameter
}

/** What to compute of the trained network for each snapshot. */
export interface Request {
  grid?: Grid;
  points?: Float64Array; // d x n, column-major
  neurons?: boolean;
  comparison?: boolean; // when numbers are taken
  alignment?: boolean; // when numbers are taken
  samples?: boolean; // the noisy samples; sent once, or in each snapshot when they are fresh
  /** The run; 'held': by the session, which gives a moment's network whole. In more than two dimensions it always is. */
  record?: boolean | 'held';
}

export interface Snapshot {
  generation: number; // of the last configure or request message; older ones are stale
  playing: boolean;
  recorded: boolean; // of the moment that was asked for last, not of the network as it stands
  /** Its numbers were taken, all of its network; while training goes on that is a few times a second. Else
   *  its status says what the step before met, and what was asked for beside it is absent. */
  whole: boolean;
  rest: TrainingStatus['rest']; // of the network as it stands
  status: TrainingStatus;
  stepsPerSecond: number;
  grid?: Grid; // the request's, to tell stale values from current ones
  values?: Float64Array; // d x n on the grid
  pointValues?: Float64Array; // d x n at the request's points
  neurons?: Float64Array; // see Session.neurons
  comparison?: Comparison | null; // absent: as in the last snapshot that had one
  alignment?: AlignmentReport;
  samples?: Float64Array;
  kept?: KeptMoment[]; // the kept runs, at the same step
}

/** So long a worker may take to say that it is ready; then the page's own thread trains. */
export const workerPatienceMs = 8000;

export type ToLoop =
  | { type: 'start'; wasm: WebAssembly.Module }
  | { type: 'images'; name: string; idx: Uint8Array }
  // found: what has been sought and found (take())
  | { type: 'configure'; generation: number; experiment: string; found: Found | null; keepWeights: boolean; request: Request }
  | { type: 'found'; problem: number; found: Found } // later, of the experiment configured at that generation
  | { type: 'request'; generation: number; request: Request } // another view of the same training
  | { type: 'play' } // moves on unless training rests
  | { type: 'go-on' } // play, past the rest at the schedule's end
  | { type: 'pause' }
  | { type: 'step' }
  | { type: 'reset' }
  | { type: 'show'; step: number | null } // the recorded moment nearest to it, until told otherwise; null: the network as it stands
  | { type: 'keep'; id: string } // the run as it is recorded, to be compared with others
  | { type: 'drop'; id: string }
  | { type: 'drawn' } // the last snapshot is on the screen: the next may come
  | ({ type: 'ask'; id: number } & Question);

/** What is answered with a text, once no step is part done; `settled` once there is no snapshot to come either.
 *  A `result` is JSON (Result), all of one network. A certificate is of the network that rests at that step;
 *  its answer is the gap, or nothing where something else has come. */
export type Question = { what: 'network' | 'shown' | 'history' | 'checksum' | 'result' | 'settled' } | { what: 'certified'; problem: number; step: number; found: string };

export interface Result {
  training: TrainingStatus;
  comparison: Comparison | null;
  checksum: string; // of the network's bits
  network: unknown;
}

/** Messages between the page and the prover (prover.ts). */
export type ToProver =
  | { type: 'start'; wasm: WebAssembly.Module }
  | { type: 'prove'; id: number; clean: Float64Array; noisy: Float64Array; dimension: number; network: Weights; weightDecay: number }
  | { type: 'flow'; id: number; points: Float64Array; dimension: number; settings: FlowSettings; networks: string }
  | { type: 'risk'; id: number; owner: string; question: RiskQuestion } // in place of the owner's last one
  | { type: 'seek'; id: number; question: Sought }
  | { type: 'forget'; id: number }; // what is sought

/** A curve of risks: of a denoiser on a line, at these noise levels. */
export interface RiskQuestion {
  clean: Float64Array;
  levels: Float64Array;
  of: RiskOf;
  network: Weights | null;
}

export type FromProver =
  | { type: 'proved'; id: number; found: string | null } // JSON `Optimality`, or nothing
  | { type: 'flowed'; id: number; followed: Followed | null; refused: { where: string; message: string } | null } // neither: another has come
  | { type: 'measured'; id: number; risks: Float64Array | string } // by level; or why there are none
  | { type: 'sought'; id: number; answer: Answer[Sought['what']] | null; refused: { where: string; message: string } | null };

export type FromLoop =
  | { type: 'ready' }
  | { type: 'snapshot'; snapshot: Snapshot }
  | { type: 'recorded'; problem: number; kept: number; moments: Recorded[] } // more of the run: the first `kept` are as they were
  | { type: 'answer'; id: number; text: string }
  | { type: 'failed'; message: string };
