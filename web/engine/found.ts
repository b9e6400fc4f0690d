// What has been sought for a session, handed to it.
import type { Description, Session } from '../denoise';

/** @param found MinimumCostSolver.result() or splitRamps(), as `searching` says @returns JSON `Description` */
export const take = (session: Session, { searching }: Description, found: string): string =>
  searching === 'split-ramp' ? session.takeSplitRamps(found) : session.takeMinimumCost(found);
