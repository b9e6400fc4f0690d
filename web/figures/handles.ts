// Clean points that can be taken hold of: by pointer, touch and keyboard, wherever a figure has
// placed them. Joins are by index and never replace an element under the pointer, so that focus
// and pointer capture survive the redraws of a drag.
import { pointer, select } from 'd3-selection';
import type { Group } from './svg';

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
      g.append('circle').attr('class', 'hit').attr('r', 20);
      g.append('circle').attr('class', 'focus').attr('r', 12);
      g.append('circle').attr('class', 'dot').attr('r', 6.5);
      g.append('text').attr('class', 'name').attr('aria-hidden', 'true').attr('dy', '-0.9em').attr('text-anchor', 'middle');
      return g;
    });
  joined
    .attr('data-testid', (_, n) => `point-${n}`)
    .attr('aria-roledescription', 'movable point')
    .attr('aria-label', (h) => h.text)
    .classed('refused', (h) => h.refused)
    .attr('transform', (h) => `translate(${h.x},${h.y})`);
  joined.select('text').text((h) => h.name);

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
