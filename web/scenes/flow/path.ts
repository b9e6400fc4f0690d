// The whole path of one start: where it is at a time, and what happens on it.
import { pointName } from '../../drawing/names';
import type { FlowPath } from '../../minimum_cost';
import { sumName } from './figure';
import { frameName } from './census';
import type { Picture } from './follow';

/** Where the path is at this time, between its points on a straight line. */
export function placeAtTime({ times, points }: FlowPath, time: number): number[] {
  const down = times[0]! > times.at(-1)!; // sigma falls, r grows
  const passed = (t: number) => (down ? t >= time : t <= time);
  let before = 0;
  while (before + 2 < times.length && passed(times[before + 1]!)) ++before;
  const length = times[before + 1]! - times[before]!;
  const share = length === 0 ? 1 : Math.min(1, Math.max(0, (time - times[before]!) / length));
  return points[before]!.map((v, i) => v + share * (points[before + 1]![i]! - v));
}

/** What a path ends at, in a few words. */
export function endOf({ end }: FlowPath, { result: { frame, base } }: Picture): string {
  const names = end.points.map(pointName);
  const body = frameName[frame];
  switch (end.name) {
    case 'training-point':
      return `at ${names[0]}, a training point`;
    case 'virtual-point':
      return `at ${sumName(end.points, base)}, a virtual point`;
    case 'boundary':
      return `on the boundary of the ${body}`;
    case 'inside':
      return `inside the ${body}`;
    default:
      return `outside the ${body}`;
  }
}

export interface Event {
  time: number;
  what: string;
  point: number[];
}

const mostCrossings = 6; // that are listed

/** What happens on a path, in order. */
export function eventsOf(path: FlowPath): Event[] {
  const { crossing_times: times, crossing_points: points, arrival } = path;
  const [start, end] = [path.points[0]!, path.points.at(-1)!];
  const crossings = times.map((time, k) => ({ time, what: `enters piece ${k + 2}`, point: points[k]! }));
  // The first ones and the last ones tell most of a network of many pieces.
  const left = crossings.length - mostCrossings;
  const listed = left <= 1 ? crossings : [...crossings.slice(0, mostCrossings / 2), ...crossings.slice(-mostCrossings / 2)];
  const events = [...listed, { time: arrival, what: 'is near its end', point: placeAtTime(path, arrival) }];
  const later = path.times[0]! > path.times.at(-1)! ? -1 : 1;
  events.sort((a, b) => later * (a.time - b.time));
  return [{ time: path.times[0]!, what: 'starts', point: start }, ...events, { time: path.times.at(-1)!, what: 'ends', point: end }];
}
