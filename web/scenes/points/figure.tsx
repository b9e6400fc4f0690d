// The figure of clean points that can be moved, added and pointed at, with the line of what each
// denoiser makes of the y under the pointer.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Figure, type Size } from '../../drawing/figure';
import type { HandleEvents } from '../../drawing/handles';
import type { Plot } from '../../drawing/plot';
import type { View } from '../../drawing/view';
import { addPoint } from '../../store/clean_points';
import type { Commands, Signals } from '../../store/signals';
import { handleEvents, placeAt, type DragStore } from './drag';
import { probeEvents, ProbeLine, type ProbeStore } from './probe';
import './points.css';

interface Props<T> {
  store: DragStore & ProbeStore & Pick<Signals, 'dragging'> & Pick<Commands, 'pointAt'>;
  class: string;
  label: string;
  inputs: () => T | null;
  draw: (svg: SVGSVGElement, inputs: T, size: Size, events: HandleEvents) => void;
  plotOf: (size: Size, view: View) => Plot;
  reach?: number; // of half the view, as far as a y is pointed at
  watch?: (main: HTMLElement, svg: SVGSVGElement) => () => void; // what else is done by hand in it, once it is there
  above?: ComponentChildren; // what stands right over it
  children?: ComponentChildren; // what stands right under it
}

export function PointFigure<T>({ store, class: name, label, inputs, draw, plotOf, reach, watch, above, children }: Props<T>) {
  const svg = useRef<SVGSVGElement>(null);
  const held = useRef(false);
  const main = useRef<HTMLDivElement>(null);
  useEffect(() => watch?.(main.current!, svg.current!), [watch]);
  const plot = () => plotOf(svg.current!.getBoundingClientRect(), store.view.value!);
  const handlers = handleEvents(store, plot);
  /** The y under the pointer, or null outside the plot. */
  const place = (event: { clientX: number; clientY: number }): number[] | null => {
    if (store.description.value === null) return null;
    const box = svg.current!.getBoundingClientRect();
    const now = plot();
    const px = event.clientX - box.left;
    const py = event.clientY - box.top;
    if (px < now.left || px > now.left + now.side || py < now.top || py > now.top + now.side) return null;
    return placeAt(now, store.view.value!, px, py, reach);
  };
  return (
    <div
      class="main"
      ref={main}
      onDblClick={(event) => {
        if ((event.target as Element).closest('.point')) return;
        const at = place(event);
        if (at !== null) addPoint(store, at);
      }}
      {...probeEvents(store, place, held)}
    >
      {above}
      <Figure class={name} main svg={svg} label={label} inputs={inputs} draw={(element, values, size) => draw(element, values, size, handlers)} />
      {children}
      <ProbeLine store={store} />
    </div>
  );
}
