// Runs that are kept to be compared with later ones: their moments, and what they are compared with. They
// need nothing of the session, which goes on to other runs.
import type { Description } from '../denoise';
import { evaluate, gridPoints } from './moment';
import { sameGrid, type Grid, type KeptMoment } from './protocol';
import { nearestMoment } from './record';
import { greatest, type Moment, type Recorder } from './recording';

const most = 4;

interface Kept {
  moments: readonly Moment[];
  dimension: number;
  diameter: number;
  places: Float64Array; // where it is compared
  reference: Float64Array | null; // there
  shown: { moment: Moment; grid: Grid; values: Float64Array } | null;
}

export class KeptRuns {
  private readonly runs = new Map<string, Kept>();

  add(id: string, recorder: Recorder, { dimension, diameter, reference }: Description): void {
    if (this.runs.size >= most) return;
    this.runs.set(id, { moments: recorder.moments, dimension, diameter, ...recorder.compared(reference), shown: null });
  }
  drop(id: string): void {
    this.runs.delete(id);
  }

  /** Those of this grid's dimension, each at its moment nearest to a step. */
  at(step: number, grid: Grid): KeptMoment[] {
    const moments: KeptMoment[] = [];
    for (const [id, run] of this.runs) {
      const moment = run.dimension === grid.shape.length ? nearestMoment(run.moments, step) : undefined;
      if (moment === undefined) continue;
      if (run.shown?.moment !== moment || !sameGrid(run.shown.grid, grid)) {
        run.shown = { moment, grid, values: evaluate(moment, gridPoints(grid.lower, grid.upper, grid.shape), run.dimension) };
      }
      const { status, neurons, checksum } = moment;
      moments.push({ id, status, checksum, neurons: neurons.slice(), values: run.shown.values.slice(), distance: this.distance(run, moment) });
    }
    return moments;
  }

  private distance({ reference, places, dimension, diameter }: Kept, moment: Moment): number | null {
    if (reference === null) return null;
    moment.comparison ??= (() => {
      const sup = greatest(evaluate(moment, places, dimension), reference, dimension);
      return { sup, sup_relative: sup / diameter };
    })();
    return moment.comparison!.sup_relative;
  }
}
