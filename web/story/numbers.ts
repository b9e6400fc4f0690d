// The numbers in the story's text: computed from what the figure shows, never written.
import { grouped, nice, percent, percentAtMost, scientific, stepCount } from '../drawing/svg';
import type { App } from '../store/app';
import { currentPoints } from '../store/clean_points';
import { walk } from '../scenes/line/cobweb';
import { start } from './start';
import { risks, sigmaOf, wide } from './risk';
import type { Erring } from '../scenes/line/risk_curves';
import { rampsOf } from '../scenes/points/ramps';
import type { ShownScene } from '../ui/scene';

export type Shown = App<ShownScene>;

const whole = grouped;

/** Costs of parts, of which at most a few are written out. */
const sum = (parts: number[]): string => (parts.length > 4 ? `${parts.length} of them` : parts.map((part) => part.toFixed(3)).join(' + '));

/** The slopes between the noise intervals, by their formula. */
function slopes(app: Shown): number[] {
  const description = app.description.value;
  const sorted = currentPoints(app).map(([p]) => p!).sort((a, b) => a - b);
  return sorted.slice(1).map((p, i) => (p - sorted[i]!) / (p - sorted[i]! - 2 * description!.radius));
}

/** The angle at the first point between the second and the third, in degrees. */
export function angleAtFirst(points: number[][]): number {
  const [[x, y], [ax, ay], [bx, by]] = points as [[number, number], [number, number], [number, number]];
  const turn = Math.abs(Math.atan2(ay - y, ax - x) - Math.atan2(by - y, bx - x));
  return (Math.min(turn, 2 * Math.PI - turn) * 180) / Math.PI;
}

const angle = (app: Shown): string | null => {
  const points = currentPoints(app);
  return points.length === 3 && points[0]!.length === 2 ? `${angleAtFirst(points).toFixed(0)}°` : null;
};

/** Neurons with weight, those of one hyperplane counted once. */
function neurons(app: Shown): number | null {
  const rows = app.readings.value?.neurons;
  const d = app.description.value?.dimension ?? 0;
  if (rows === undefined) return null;
  const size = 2 * d + 2;
  const lines = new Set<string>();
  let most = 0;
  for (let k = size - 1; k < rows.length; k += size) most = Math.max(most, rows[k]!);
  for (let k = 0; k < rows.length; k += size) {
    if (!(rows[k + size - 1]! > 1e-4 * most)) continue;
    const at = Array.from(rows.subarray(k, k + d + 1));
    const sign = Math.sign(at.find((v) => Math.abs(v) > 1e-3) ?? 1);
    lines.add(at.map((v) => (sign * v).toFixed(3).replace(/^-(0\.0+)$/, '$1')).join());
  }
  return lines.size;
}

/** A risk, where balls of that radius do not touch. */
function risk(name: Erring, level: number): string | null {
  const value = risks.at(name, level);
  return value === null ? null : Number.isNaN(value) ? 'not defined' : value.toFixed(4);
}

const faces = (app: Shown) => app.readings.value?.alignment?.faces?.input;

const table: Record<string, (app: Shown) => string | null> = {
  steps: (app) => stepCount(app.readings.value?.status.step ?? 0),
  distance: (app) => (app.readings.value?.comparison ? percent(app.readings.value.comparison.sup_relative) : null),
  least: (app) => app.description.value?.reference?.cost.toFixed(4) ?? null,
  slopes: (app) => sum(slopes(app)).replaceAll(' + ', ' and '),
  start: () => nice(start.value),
  end: (app) => {
    const end = walk(app, start.value).at(-1);
    return end === undefined ? null : nice(Math.abs(end) < 5e-4 ? 0 : end);
  },
  sigma: (app) => nice(sigmaOf(app)),
  'risk-least': (app) => risk('least-cost', sigmaOf(app)),
  'risk-empirical': (app) => risk('empirical-mmse', sigmaOf(app)),
  'risk-best': (app) => risk('exact-mmse', sigmaOf(app)),
  'wide-least': () => risk('least-cost', wide),
  'wide-empirical': () => risk('empirical-mmse', wide),
  'wide-best': () => risk('exact-mmse', wide),
  'ramp-costs': (app) => sum(rampsOf(app).map(({ cost }) => cost)),
  angle,
  apex: angle,
  width: (app) => whole(app.state.value.width),
  neurons: (app) => neurons(app)?.toString() ?? null,
  alignment: (app) => faces(app)?.mean.toFixed(3) ?? null,
  chance: (app) => faces(app)?.null_mean.toFixed(3) ?? null,
  loss: (app) => (app.readings.value ? scientific(app.readings.value.status.loss) : null),
  cost: (app) => app.readings.value?.status.cost.toFixed(4) ?? null,
  gap: (app) => {
    const gap = app.optimality.value?.gap;
    return gap === null || gap === undefined ? null : percentAtMost(gap);
  },
};

/** The number of this name as text; null while it is not known. */
export function numberOf(app: Shown, name: string): string | null {
  return app.description.value === null ? null : (table[name]!(app) ?? null);
}
