// What is sought of points, in parts between which other tasks are heard: in the prover's worker, or where
// workers are blocked on the page's own thread.
import type { Description } from '../denoise';
import type { MinimumCostModule, MinimumCostResult } from '../minimum_cost';
import { apart, type Found } from './found';

export const slice = 2e7; // operations, some 10 ms; a part at the end of a search may take many times as long
const firstAngle = -100; // of the picture of a proof, in degrees: neurons along the axes stand inside it

/** Points, and what of them: what Session.configure() says has to be sought, the proof of their least cost as a
 *  picture, or in words what networks of any width cost at least, beside one of this cost. */
export type Sought = Pick<Description, 'dimension' | 'radius'> & { points: Float64Array } & (
    | { what: 'found'; searching: Description['searching'] }
    | { what: 'proof'; columns: number; rows: number }
    | { what: 'any-width'; cost: number }
  );

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

/** By question; a proof is null where there is no finite network. */
export interface Answer {
  found: Found;
  proof: Proof | null;
  'any-width': string;
}

interface Solver {
  begin(points: Float64Array, dimension: number, radius: number): void;
  advance(work: number): boolean;
  delete(): void;
}

/** Solves, and reads what is asked for; null where `wanted` no longer holds. */
async function solved<S extends Solver, A>(solver: S, { points, dimension, radius }: Sought, wanted: () => boolean, read: (solver: S) => A): Promise<A | null> {
  try {
    solver.begin(points, dimension, radius);
    while (solver.advance(slice)) {
      await new Promise((wake) => setTimeout(wake));
      if (!wanted()) return null;
    }
    return read(solver);
  } finally {
    solver.delete();
  }
}

function proofOf(solver: InstanceType<MinimumCostModule['MinimumCostSolver']>, { points, radius, columns, rows }: Sought & { what: 'proof' }): Proof | null {
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

/** Null where `wanted` no longer holds. Throws DenoiseError. */
export async function seek(module: MinimumCostModule, question: Sought, wanted: () => boolean): Promise<Answer[Sought['what']] | null> {
  if (question.what === 'proof') return solved(new module.MinimumCostSolver(), question, wanted, (solver) => proofOf(solver, question));
  if (question.what === 'any-width') return solved(new module.AnyWidthSolver(), question, wanted, (solver) => solver.proved(question.cost));
  if (question.searching === 'split-ramp') return solved(new module.SplitRampSolver(), question, wanted, (solver) => apart(solver.result()));
  return solved(new module.MinimumCostSolver(), question, wanted, (solver) => solver.result());
}
