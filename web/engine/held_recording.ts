// The record of a run of many dimensions, or whose networks are asked for whole. Its moments are held by the session, which has far fewer numbers
// for each than its network has; what is shown of one is asked of the library when it is shown. Its moments
// are spaced by steps: to see how far the function moved would take longer than the run.
import type { AlignmentReport, Comparison as Compared, Description, Session } from '../denoise';
import type { RunEvent } from './protocol';
import { most, RunRecord, type Kept } from './record';

export interface HeldMoment extends Kept {
  held: number; // its number, in the session
  alignment?: AlignmentReport; // once it has been asked for
}

const growth = 1.15; // of the steps, from a moment to the next in a record that is not full

/** Weights that training has, of a network of the experiment. */
function weightsIn({ dimension, affine_dimension, experiment }: Description): number {
  const { width = 1, subspace } = experiment.training!;
  const d = subspace ? affine_dimension : dimension;
  return width * (2 * d + 1) + d * d + d;
}

export class HeldRecorder extends RunRecord<HeldMoment> {
  private growth = growth;

  /** @param first the step that the session is at */
  constructor(
    private readonly session: Session,
    description: Description,
    first: number,
  ) {
    const room = Math.floor(most.bytes / (4 * weightsIn(description) + 1000));
    super(first, Math.max(2, Math.min(most.moments, room - 1))); // one comes before another goes
  }

  override look(step: number, rests: boolean, happened?: RunEvent): boolean {
    const { session, first } = this;
    if (!this.looked(step, rests)) return false;
    const last = this.moments.at(-1);
    if (!(last === undefined || rests || step === first + 1 || this.apart(last, { step }))) return false;
    if (!rests) session.measure(); // at rest it is
    const status = session.trainingStatus();
    this.add({ step, loss: status.loss, event: this.eventOf(status, rests, happened), checksum: '', status, held: session.keepMoment() });
    return true;
  }

  protected override apart(a: { step: number }, b: { step: number }): boolean {
    return b.step - this.first >= this.growth * (a.step - this.first);
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
