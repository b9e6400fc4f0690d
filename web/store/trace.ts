// Loss and distance over a run, for the loss curve.
import type { TracePoint } from './signals';

const most = 512;

/** The trace with one more point; when full, every other point goes.
 *  @param later whether what comes after it stays: it is of a recorded moment */
export function extend(trace: TracePoint[], point: TracePoint, later: boolean): TracePoint[] {
  const next = [...trace.filter((p) => p.step < point.step), point, ...(later ? trace.filter((p) => p.step > point.step) : [])];
  return next.length > most ? next.filter((_, i) => i % 2 === 0 || i === next.length - 1) : next;
}
