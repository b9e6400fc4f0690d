// A triangle whose apex rises over a base of length 2: its angle falls as the text is scrolled.
import { currentPoints } from '../store/clean_points';
import type { Shown } from './numbers';

export const widest = 110;
export const narrowest = 60;

/** Of this angle at the apex, in degrees. */
export function triangle(angle: number): number[][] {
  const height = 1 / Math.tan((angle * Math.PI) / 360);
  return [[0, height], [-1, 0], [1, 0]];
}

/** The angle at this part of the chapter, 0 to 1: it rests for a while at the right angle. */
export function angleAt(part: number): number {
  const within = Math.min(1, Math.max(0, (part - 0.27) / 0.6));
  if (within < 0.36) return widest + ((90 - widest) * within) / 0.36;
  if (within < 0.5) return 90;
  return 90 + ((narrowest - 90) * (within - 0.5)) / 0.5;
}

export class Apex {
  private last = ''; // where the scrolling has put the points

  /** The chapter begins: what the figure shows is the chapter's. */
  begin(): void {
    this.last = '';
  }

  /** Moves the apex, unless the reader has moved a point meanwhile. */
  scroll(app: Shown, part: number): void {
    const points = triangle(Math.round(10 * angleAt(part)) / 10);
    const now = JSON.stringify(currentPoints(app));
    if (this.last === '') this.last = now;
    if (now !== this.last) return;
    this.last = JSON.stringify(points);
    if (now !== this.last) app.update({ preset: '', points }, 'apex');
  }
}
