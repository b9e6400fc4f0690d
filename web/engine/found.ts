// What has been sought for a session, handed to it.
import type { Session } from '../denoise';

/** The result of a MinimumCostSolver, or of a SplitRampSolver. */
export type Found = string | Float64Array;

/** A result that is no view of the module's memory. */
export const apart = (found: Found): Found => (typeof found === 'string' ? found : found.slice());

/** @returns JSON `Description` */
export const take = (session: Session, found: Found): string =>
  typeof found === 'string' ? session.takeMinimumCost(found) : session.takeSplitRamps(found);
