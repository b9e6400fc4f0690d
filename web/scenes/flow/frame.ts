// What ends are compared with in the plane: the box, the simplex or the hull of the clean points.
import type { Picture } from './follow';

/** The corners of what ends are compared with, in order round it. */
export function corners({ points, result: { frame, base } }: Picture): number[][] {
  if (frame !== 'box' || base < 0) return hull(points);
  const from = points[base]!;
  const edges = points.filter((_, n) => n !== base).map((p) => [p[0]! - from[0]!, p[1]! - from[1]!] as const);
  const [a, b] = edges;
  const to = (...steps: (readonly [number, number])[]) => steps.reduce((p, s) => [p[0]! + s[0], p[1]! + s[1]], from);
  return b === undefined ? [from, to(a!)] : [from, to(a!), to(a!, b), to(b)];
}

/** The convex hull, counter-clockwise: Andrew's monotone chain. */
function hull(points: number[][]): number[][] {
  const sorted = points.slice().sort((a, b) => a[0]! - b[0]! || a[1]! - b[1]!);
  const turn = (o: number[], a: number[], b: number[]) => (a[0]! - o[0]!) * (b[1]! - o[1]!) - (a[1]! - o[1]!) * (b[0]! - o[0]!);
  const chain = (order: number[][]) => {
    const found: number[][] = [];
    for (const p of order) {
      while (found.length > 1 && turn(found.at(-2)!, found.at(-1)!, p) <= 0) found.pop();
      found.push(p);
    }
    return found.slice(0, -1);
  };
  return [...chain(sorted), ...chain(sorted.reverse())];
}
