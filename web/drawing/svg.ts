// What the figures share: layers in a fixed order, numbers as text, labels that keep apart.
import { format } from 'd3-format';
import { select, type Selection } from 'd3-selection';
import './unchanged';

export type Group = Selection<SVGGElement, unknown, null, undefined>;

/** The group of that class, made on the first call; calls in the same order keep the layers' order. */
export function layer(parent: SVGElement, name: string): Group {
  const found = select(parent).select<SVGGElement>(`:scope > g.${name}`);
  if (!found.empty()) return found as unknown as Group;
  return select(parent).append('g').attr('class', name) as unknown as Group;
}

const drawn = new WeakMap<Element, readonly unknown[]>();

/** Draws into a group only when one of `keys`, which stand for all that it shows, has changed. */
export function changed(group: Group, keys: readonly unknown[], draw: (group: Group) => void): void {
  const last = drawn.get(group.node()!);
  if (last !== undefined && keys.every((key, i) => key === last[i])) return;
  drawn.set(group.node()!, keys);
  draw(group);
}

const short = format('.3~r');
/** A number for people: three significant digits, a true minus sign. */
export const nice = (value: number): string => {
  if (!Number.isFinite(value)) return '–';
  if (value !== 0 && (Math.abs(value) < 1e-3 || Math.abs(value) >= 1e5)) return scientific(value);
  return short(value).replace('-', '−');
};

/** A whole number, its digits in groups: "20,000". A browser's own way takes 20 ms for the first number. */
export const grouped: (count: number) => string = format(',');

/** "1 step", "20,000 steps" */
export const stepCount = (steps: number): string => `${grouped(steps)} ${steps === 1 ? 'step' : 'steps'}`;

const counted = format('.12~s');
/** A whole number in few letters: "500", "20k", "1.2M". */
export const shortCount = (count: number): string => counted(count);

const digits = format('.2e');
/** A part of a whole. */
export const percent = (share: number): string => {
  const p = 100 * share;
  if (p > 0 && p < 0.001) return '< 0.001 %';
  return `${p >= 10 ? p.toFixed(1) : p >= 0.1 ? p.toFixed(2) : p.toFixed(3)} %`;
};

/** The same for what is at most so much: rounded up. */
export function percentAtMost(share: number): string {
  const p = 100 * share;
  const unit = p >= 10 ? 10 : p >= 0.1 ? 100 : 1000;
  return percent(Math.max(1e-5, Math.ceil(p * unit) / unit / 100));
}

const superscripts: Record<string, string> = { '-': '⁻', 0: '⁰', 1: '¹', 2: '²', 3: '³', 4: '⁴', 5: '⁵', 6: '⁶', 7: '⁷', 8: '⁸', 9: '⁹' };
export function scientific(value: number): string {
  const [mantissa = '', exponent = '0'] = digits(value).replace('−', '-').split('e');
  return `${mantissa.replace('-', '−')}·10${power(Number(exponent))}`;
}
export const power = (exponent: number): string =>
  [...String(exponent)].map((c) => superscripts[c] ?? c).join('');

/** Moves positions apart to at least `gap`, keeping their order and staying in [low, high]. */
export function keepApart(positions: number[], gap: number, low: number, high: number): number[] {
  const order = positions.map((_, i) => i).sort((a, b) => positions[a]! - positions[b]!);
  const result = positions.slice();
  // Relaxation: neighbours that are too near share the displacement.
  for (let round = 0; round < 24; ++round) {
    for (let i = 1; i < order.length; ++i) {
      const a = order[i - 1]!;
      const b = order[i]!;
      const lack = gap - (result[b]! - result[a]!);
      if (lack > 0) {
        result[a]! -= lack / 2;
        result[b]! += lack / 2;
      }
    }
    for (const i of order) result[i] = Math.min(high, Math.max(low, result[i]!));
  }
  return result;
}
