// Clean points that can be taken hold of: by pointer, touch and keyboard, wherever a figure has
// placed them. Joins are by index and never replace an element under the pointer, so that focus
// and pointer capture survive the redraws of a drag.
import { pointer, select, type Selection } from 'd3-selection';
import type { Group } from './svg';

const dotRadius = 6.5;

export interface HandleEvents {
  /** Point n is to go to these figure coordinates (pixels). */
  move(n: number, x: number, y: number): void;
  /** Point n is to go this many steps along each axis of the data. */
  nudge(n: number, dx: number, dy: number): void;
  remove(n: number): void;
  select(n: number): void;
  release(): void; // a drag ended, or the keys of a nudge were let go
}

export interface Handle {
  x: number; // pixels
  y: number;
  name: string; // "x₁"
  text: string; // for a screen reader
  refused: boolean; // its place is not accepted
  outside?: boolean; // of the window: it is seen only while it has the focus
  id?: string; // for tests, where it is no clean point
}

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}
const apart = (a: Box, b: Box): boolean => a.right < b.left || b.right < a.left || a.bottom < b.top || b.bottom < a.top;

// Where a name may stand about its point, the first that is free: its anchor and its base line.
const places = [
  { anchor: 'middle', dx: 0, dy: -13 },
  { anchor: 'middle', dx: 0, dy: 22 },
  { anchor: 'start', dx: 11, dy: 4 },
  { anchor: 'end', dx: -11, dy: 4 },
] as const;

/** The place of each name, or null where each would lie on a point or on another name. */
function placeNames(handles: Handle[]): ((typeof places)[number] | null)[] {
  const taken: Box[] = handles.map(({ x, y }) => ({ left: x - dotRadius, right: x + dotRadius, top: y - dotRadius, bottom: y + dotRadius }));
  return handles.map(({ x, y, name }, n) => {
    const width = 4 + 8 * name.length;
    for (const place of places) {
      const left = x + place.dx - (place.anchor === 'middle' ? width / 2 : place.anchor === 'end' ? width : 0);
      const box = { left, right: left + width, top: y + place.dy - 12, bottom: y + place.dy + 4 };
      if (taken.some((other, m) => m !== n && !apart(box, other))) continue;
      taken.push(box);
      return place;
    }
    return null;
  });
}

/** The names beside the points of a join. */
function drawNames(joined: Selection<SVGGElement, Handle, SVGGElement, unknown>, handles: Handle[]): void {
  const placed = placeNames(handles);
  joined.classed('crowded', (_, n) => placed[n] === null);
  joined
    .select('text')
    .text((h) => h.name)
    .attr('text-anchor', (_, n) => (placed[n] ?? places[0]).anchor)
    .attr('x', (_, n) => (placed[n] ?? places[0]).dx)
    .attr('y', (_, n) => (placed[n] ?? places[0]).dy);
}

/** Clean points that are shown and cannot be taken hold of. */
export function drawDots(group: Group, handles: Handle[]): void {
  const joined = group
    .selectAll<SVGGElement, Handle>('g.point')
    .data(handles)
    .join((enter) => {
      const g = enter.append('g').attr('class', 'point fixed');
      g.append('circle').attr('class', 'dot').attr('r', dotRadius);
      g.append('text').attr('class', 'name');
      return g;
    })
    .attr('transform', (h) => `translate(${h.x},${h.y})`);
  drawNames(joined, handles);
}

const keys: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

export function drawHandles(group: Group, handles: Handle[], events: HandleEvents): void {
  const joined = group
    .selectAll<SVGGElement, Handle>('g.point')
    .data(handles)
    .join((enter) => {
      const g = enter.append('g').attr('class', 'point').attr('tabindex', 0).attr('role', 'button');
      g.append('circle').attr('class', 'hit').attr('r', 22);
      g.append('circle').attr('class', 'focus').attr('r', 12);
      g.append('circle').attr('class', 'dot').attr('r', dotRadius);
      g.append('text').attr('class', 'name').attr('aria-hidden', 'true');
      return g;
    });
  joined
    .attr('data-testid', (h, n) => h.id ?? `point-${n}`)
    .attr('aria-roledescription', 'movable point')
    .attr('aria-label', (h) => h.text)
    .classed('refused', (h) => h.refused)
    .classed('beyond', (h) => h.outside === true)
    .attr('transform', (h) => `translate(${h.x},${h.y})`);
  drawNames(joined, handles);

  joined.each(function (_, n) {
    // Properties, not listeners: each redraw replaces them.
    const svg = this.ownerSVGElement!;
    let grip: [number, number] | null = null;
    if (this.dataset.held !== undefined) return; // a drag goes on with its own handlers
    this.onpointerdown = (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      this.focus({ preventScroll: true });
      this.setPointerCapture(event.pointerId);
      this.dataset.held = '';
      const [x, y] = pointer(event, svg);
      const at = select<SVGGElement, Handle>(this).datum();
      grip = [at.x - x, at.y - y];
    };
    this.onpointermove = (event) => {
      if (grip === null) return;
      const [x, y] = pointer(event, svg);
      events.move(n, x + grip[0], y + grip[1]);
    };
    this.onpointerup = this.onpointercancel = () => {
      if (grip === null) return;
      grip = null;
      delete this.dataset.held;
      events.release();
    };
    this.onfocus = () => events.select(n);
    this.onkeydown = (event) => {
      const step = keys[event.key];
      const scale = event.shiftKey ? 10 : 1;
      if (step) events.nudge(n, step[0] * scale, step[1] * scale);
      else if (event.key === 'Delete' || event.key === 'Backspace') {
        const points = this.parentElement!;
        events.remove(n);
        // After the redraw: the last element goes, and the focus must not go with it.
        requestAnimationFrame(() => {
          if (!this.isConnected) (points.lastElementChild as SVGElement | null)?.focus();
        });
      } else return;
      event.preventDefault();
      event.stopPropagation();
    };
    this.onkeyup = (event) => {
      if (keys[event.key]) events.release();
    };
    this.onblur = () => events.release();
  });
}

const letter = 6.6; // pixels, about the widest mean of a sentence at 13 pixels
const lineHeight = 17;
const lettersInLine = 34;

/** Why a point is not accepted where it is held, beside it and inside the plot. */
export function drawRefusal(group: Group, handle: Handle | undefined, message: string, plot: Box): void {
  const lines: string[] = [''];
  for (const word of message.split(' ')) {
    const last = lines.at(-1)!;
    if (last !== '' && last.length + word.length >= lettersInLine) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  const width = Math.max(...lines.map((l) => l.length)) * letter + 16;
  const height = lines.length * lineHeight + 10;
  const notes = group
    .attr('aria-hidden', 'true') // the same sentence is said beside the control
    .selectAll<SVGGElement, Handle>('g')
    .data(handle === undefined || message === '' ? [] : [handle])
    .join((enter) => {
      const g = enter.append('g');
      g.append('rect').attr('rx', 4);
      g.append('text');
      return g;
    })
    .attr('transform', ({ x, y }) => {
      const above = y - 32 - height;
      const left = Math.max(plot.left + 4, Math.min(plot.right - 4 - width, x - width / 2));
      return `translate(${left},${above > plot.top ? above : y + 28})`;
    });
  notes.select('rect').attr('width', width).attr('height', height);
  notes
    .select('text')
    .selectAll('tspan')
    .data(lines)
    .join('tspan')
    .attr('x', 8)
    .attr('y', (_, i) => 18 + i * lineHeight)
    .text((t) => t);
}
