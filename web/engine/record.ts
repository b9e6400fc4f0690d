// The moments of a run that are kept: spaced apart, told to the page as they come, in bounded number.
import type { AlignmentReport, TrainingStatus } from '../denoise';
import type { Comparison, Recorded, RunEvent } from './protocol';

export interface Kept extends Recorded {
  status: TrainingStatus;
  comparison?: Comparison | null; // once it has been asked for
  alignment?: AlignmentReport; // likewise
}

export const most = { moments: 240, bytes: 30e6 };
const looks = 20; // at the run in so many parts of the steps until then, in round numbers
const solvedAtOnce = 0.05; // of the loss: no step by gradients lowers it so

/** The greatest round number up to this, at least 1. */
function round(value: number): number {
  const decade = 10 ** Math.floor(Math.log10(Math.max(1, value)));
  return decade * (value >= 5 * decade ? 5 : value >= 2 * decade ? 2 : 1);
}

/** The moment nearest to a step, on the scale on which steps are shown. */
export function nearestMoment<M extends Recorded>(moments: readonly M[], step: number): M | undefined {
  const log = (s: number) => Math.log1p(Math.max(0, s));
  const off = (m: M) => Math.abs(log(m.step) - log(step));
  return moments.reduce<M | undefined>((best, m) => (best === undefined || off(m) < off(best) ? m : best), undefined);
}

export abstract class RunRecord<M extends Kept> {
  moments: M[] = [];
  /** The step to look at next. */
  next: number;
  private told = 0; // moments that stand as when news() was asked for

  /** @param first the step that the session is at @param room for so many moments */
  constructor(
    protected readonly first: number,
    private readonly room: number,
  ) {
    this.next = first;
  }

  /** Looks at the session, which has come to the next step or rests. @param happened what made it so, at rest
   *  @return whether there is a new moment */
  abstract look(step: number, rests: boolean, happened?: RunEvent): boolean;
  /** Whether a moment is far enough from one before. */
  protected abstract apart(a: Pick<M, 'step'>, b: Pick<M, 'step'>): boolean;
  /** Twice the spacing. */
  protected abstract widen(): void;
  protected drop?(moment: M): void;

  /** @return whether this step is one that may become a moment */
  protected looked(step: number, rests: boolean): boolean {
    this.next = step + round((step - this.first) / looks);
    return step !== this.moments.at(-1)?.step || rests;
  }

  protected eventOf(status: TrainingStatus, rests: boolean, happened?: RunEvent): RunEvent | undefined {
    const solved = status.step === 1 && status.loss < solvedAtOnce * status.initial_loss;
    return happened ?? (rests ? { kind: 'rest', rest: status.rest } : solved ? { kind: 'solved' } : undefined);
  }

  protected add(moment: M): void {
    const replaced = this.moments.filter((m) => m.step >= moment.step); // at rest the step may have its moment already
    this.moments = [...this.moments.filter((m) => m.step < moment.step), moment];
    for (const each of replaced) this.drop?.(each);
    this.told = Math.min(this.told, this.moments.length - 1);
    while (this.moments.length > this.room) this.thin();
  }

  /** The first and the last stay, and those at which something happened while they are at most half of what there is room for. */
  private thin(): void {
    this.widen();
    this.told = 0;
    const eventsStay = this.moments.filter(({ event }) => event !== undefined).length <= this.room / 2;
    let kept = this.moments[0]!;
    this.moments = this.moments.filter((moment, n) => {
      const stays = n === 0 || n === this.moments.length - 1 || (eventsStay && moment.event !== undefined) || this.apart(kept, moment);
      if (stays) kept = moment;
      else this.drop?.(moment);
      return stays;
    });
  }

  /** The moments that are new; the first `kept` are as they were. */
  news(): { kept: number; moments: Recorded[] } {
    const kept = this.told;
    this.told = this.moments.length;
    return { kept, moments: this.moments.slice(kept).map(({ step, loss, checksum, event }) => ({ step, loss, checksum, event })) };
  }
  get hasNews(): boolean {
    return this.told < this.moments.length;
  }
  /** There is more to tell of this one. */
  protected tellAgain(moment: M): void {
    this.told = Math.min(this.told, this.moments.indexOf(moment));
  }

  nearest(step: number): M | undefined {
    return nearestMoment(this.moments, step);
  }

  /** Nothing of it is needed any more. */
  end(): void {
    for (const moment of this.moments) this.drop?.(moment);
    this.moments = [];
  }

  /** Another reference may have been found since. */
  forget(): void {
    for (const moment of this.moments) delete moment.comparison;
  }
}
