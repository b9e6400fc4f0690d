// Lines, areas and wedges as the text of a path.
import { pathRound } from 'd3-path';

const digits = 3; // of a pixel

type Coordinate = (i: number) => number;

/** A line through so many points. */
export function polyline(count: number, x: Coordinate, y: Coordinate): string {
  const path = pathRound(digits);
  for (let i = 0; i < count; ++i) {
    if (i === 0) path.moveTo(x(i), y(i));
    else path.lineTo(x(i), y(i));
  }
  return path.toString();
}

/** What lies between such a line and a level. */
export function areaTo(level: number, count: number, x: Coordinate, y: Coordinate): string {
  const path = pathRound(digits);
  path.moveTo(x(0), level);
  for (let i = 0; i < count; ++i) path.lineTo(x(i), y(i));
  path.lineTo(x(count - 1), level);
  path.closePath();
  return path.toString();
}

/** A sector about 0, between two angles in radians, which rise from the right to the top. */
export function sector(radius: number, from: number, to: number): string {
  const path = pathRound(digits);
  path.moveTo(0, 0);
  path.arc(0, 0, radius, -to, -from);
  path.closePath();
  return path.toString();
}
