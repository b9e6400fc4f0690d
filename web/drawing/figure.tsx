// A figure on the page: an SVG of the size it is shown at, drawn again, at most once a frame, when
// what it shows changes. `draw` is a pure function of its inputs and size, so that the same call
// makes the file that is downloaded.
import { effect, signal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { nextFrame, unseenMs } from './next_frame';

export interface Size {
  width: number;
  height: number;
}
export type Draw<T> = (svg: SVGSVGElement, inputs: T, size: Size) => void;

interface Props<T> {
  /** Reads the signals that the figure depends on; null: nothing to draw yet. */
  inputs: () => T | null;
  draw: Draw<T>;
  label: string;
  class: string;
  main?: boolean; // the one that is downloaded
  svg?: RefObject<SVGSVGElement | null>; // for who wants to know where it is
}

export function Figure<T>({ inputs, draw, label, class: name, main, svg: given }: Props<T>) {
  const own = useRef<SVGSVGElement>(null);
  const ref = given ?? own;
  const latest = useRef({ inputs, draw });
  latest.current = { inputs, draw };
  useEffect(() => {
    const svg = ref.current!;
    const size = signal<Size>({ width: 0, height: 0 });
    const resize = ({ width, height }: Size) => {
      if (width !== size.peek().width || height !== size.peek().height) size.value = { width, height };
    };
    const observer = new ResizeObserver(([entry]) => resize(entry!.contentRect));
    observer.observe(svg);
    let cancel = () => {};
    const stop = effect(() => {
      const { width, height } = size.value;
      const values = latest.current.inputs();
      cancel();
      if (values === null || width === 0) return;
      cancel = nextFrame(() => {
        const box = `0 0 ${width} ${height}`;
        if (svg.getAttribute('viewBox') !== box) svg.setAttribute('viewBox', box); // set again, it lays all of it out again
        latest.current.draw(svg, values, { width, height });
      });
    });
    const unseen = setTimeout(() => size.peek().width === 0 && resize(svg.getBoundingClientRect()), unseenMs);
    return () => {
      stop();
      observer.disconnect();
      clearTimeout(unseen);
      cancel();
    };
  }, []);
  return (
    <svg
      ref={ref}
      class={`figure ${name}`}
      role={main ? 'group' : 'img'}
      aria-label={label}
      data-figure={main ? '' : undefined}
      xmlns="http://www.w3.org/2000/svg"
    />
  );
}
