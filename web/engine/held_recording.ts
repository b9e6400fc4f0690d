// The record of a run of many dimensions, or whose networks are asked for whole. Its moments are held by the
// session, which has far fewer numbers for each than its network has; what is shown of one is asked of the
// library when it is shown. They are spaced by steps: to see how far the function moved would take longer than
// the run.
import type { AlignmentReport, Comparison as Compared, Description, Session } from '../denoise';
import type { RunEvent } from './protocol';
import { most, RunRecord, type Kept } from './record';

export interface HeldMoment extends Kept {
  held: number; // its number, in the session
}

const fewest = 4; // moments of a record
const growth = 1.15; // of the steps, from a moment to the next in a record that is not full

/** Weights that training has, of a network of the experiment. */
function weightsIn({ dimension, affine_dimension, experiment }: Description): number {
  const { width = 1, subspace } = experiment.training!;
  const d = subspace ? affine_dimension : dimension;
  return width * (2 * d + 1) + d * d + d;
}

/** For so many moments; one more is there before another goes. */
const roomFor = (description: Description): number => Math.min(most.moments, Math.floor(most.bytes / (4 * weightsIn(description) + 1000)) - 1);

export class HeldRecorder extends RunRecord<HeldMoment> {
  private growth = growth;

  /** Whether a run of it is recorded at all: not where hardly a moment has room. */
  static fits = (description: Description): boolean => roomFor(description) >= fewest;

  /** @param first the step that the session is at */
  constructor(
    private readonly session: Session,
    description: Description,
    first: number,
  ) {
    super(first, roomFor(description));
  }

  override look(step: number, rests: boolean, happened?: RunEvent): boolean {
    const { session, first } = this;
    if (!this.looked(step, rests)) return false;
    if (happened?.kind === 'refit') return false; // the session holds the weights that were fitted anew
    const last = this.moments.at(-1);
    if (!(last === undefined || rests || step === first + 1 || this.apart(last, { step }))) return false;
    if (!rests) session.measure(); // at rest it is
    const status = session.trainingStatus();
    this.add({ step, loss: status.loss, event: this.eventOf(status, rests, happened), checksum: '', status, held: session.keepMoment() });
    return true;
  }

  protected override apart(a: { step: number }, b: { step: number }): boolean {
    return b.step - this.first + 1 >= this.growth * (a.step - this.first + 1);
  }
  protected override widen(): void {
    this.growth **= 2;
  }
  protected override drop({ held }: HeldMoment): void {
    this.session.dropMoment(held);
  }

  /** What `read` gives while the session shows this moment in place of the network as it stands. */
  shown<T>(moment: HeldMoment, read: (session: Session) => T): T {
    this.session.showMoment(moment.held);
    try {
      if (moment.checksum === '') {
        moment.checksum = this.session.checksum();
        this.tellAgain(moment);
      }
      return read(this.session);
    } finally {
      this.session.showMoment(-1);
    }
  }

  compare(moment: HeldMoment): Compared | null {
    if (moment.comparison === undefined) moment.comparison = JSON.parse(this.session.comparison()) as Compared | null;
    return moment.comparison as Compared | null;
  }
  align(moment: HeldMoment): AlignmentReport {
    return (moment.alignment ??= JSON.parse(this.session.alignment('trained')) as AlignmentReport);
  }
}
