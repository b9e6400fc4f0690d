// The window on the plane under the reader's hand: dragged, scaled by the wheel, by two fingers, by keys and
// by buttons. Loaded after the first figure.
import { select } from 'd3-selection';
import { zoom, ZoomTransform, type D3ZoomEvent } from 'd3-zoom';
import type { Plot } from '../../drawing/plot';
import type { View } from '../../drawing/view';
import type { Commands, Signals } from '../../store/signals';
import { plotOf } from './square';

type Store = Pick<Signals, 'view' | 'fitted'> & Pick<Commands, 'look'>;

const closest = 64; // times as large as the whole
const farthest = 0.25;
const reach = 3; // of the whole's side, as far as the window's middle may go
const step = 1.5; // of the scale, for a key or a button
const stride = 0.25; // of the window's half

const held = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/** The window of this middle and half side, within bounds. */
function look(store: Store, centre: number[], half: number): void {
  const whole = store.fitted.peek()!;
  const bounded: View = {
    centre: centre.map((c, i) => held(c, whole.centre[i]! - reach * whole.half, whole.centre[i]! + reach * whole.half)),
    half: held(half, whole.half / closest, whole.half / farthest),
  };
  store.look(bounded.half === whole.half && bounded.centre.every((c, i) => c === whole.centre[i]) ? null : bounded);
}
function scale(store: Store, factor: number): void {
  const { centre, half } = store.view.peek()!;
  look(store, centre, half / factor);
}
function move(store: Store, dx: number, dy: number): void {
  const { centre, half } = store.view.peek()!;
  look(store, [centre[0]! + dx * stride * half, centre[1]! + dy * stride * half], half);
}

const keys: Record<string, (store: Store) => void> = {
  '+': (store) => scale(store, step),
  '=': (store) => scale(store, step),
  '-': (store) => scale(store, 1 / step),
  '0': (store) => store.look(null),
};

/** Lets a figure's window be moved and scaled. @param main what holds it @return ends that */
export function watchWindow(main: HTMLElement, svg: SVGSVGElement, store: Store): () => void {
  const whole = (): Plot => plotOf(svg.getBoundingClientRect(), store.fitted.peek()!);
  const middle = ({ left, top, side }: Plot): [number, number] => [left + side / 2, top + side / 2];
  /** The window as D3 has it, which may have been changed by others since. */
  const now = (): ZoomTransform => {
    const { centre, half } = store.view.peek()!;
    const plot = whole();
    const k = store.fitted.peek()!.half / half;
    const [x, y] = middle(plot);
    return new ZoomTransform(k, x - k * plot.x(centre[0]!), y - k * plot.y(centre[1]!));
  };
  const behaviour = zoom<SVGSVGElement, unknown>()
    .scaleExtent([farthest, closest])
    .extent(() => {
      const { left, top, side } = whole();
      return [[left, top], [left + side, top + side]];
    })
    .filter((event: MouseEvent | TouchEvent | WheelEvent) => {
      if (store.view.peek() === null || (event.target as Element).closest('.point')) return false;
      Object.assign(svg, { __zoom: now() });
      // The page scrolls by the wheel alone and by one finger.
      if ('touches' in event) return event.touches.length > 1;
      return event.type === 'wheel' ? event.ctrlKey || event.metaKey : event.button === 0;
    })
    .on('zoom', ({ transform }: D3ZoomEvent<SVGSVGElement, unknown>) => {
      const plot = whole();
      const [x, y] = transform.invert(middle(plot));
      look(store, [plot.x.invert(x), plot.y.invert(y)], store.fitted.peek()!.half / transform.k);
    });
  const figure = select(svg).call(behaviour).on('dblclick.zoom', null); // which adds a point
  const press = (event: KeyboardEvent) => {
    const act = keys[event.key];
    if (act === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act(store);
  };
  main.addEventListener('keydown', press);
  return () => {
    figure.on('.zoom', null);
    main.removeEventListener('keydown', press);
  };
}

const buttons: readonly (readonly [name: string, label: string, act: (store: Store) => void])[] = [
  ['zoom-in', 'Nearer', (store) => scale(store, step)],
  ['zoom-out', 'Farther', (store) => scale(store, 1 / step)],
  ['look-left', 'Left', (store) => move(store, -1, 0)],
  ['look-right', 'Right', (store) => move(store, 1, 0)],
  ['look-up', 'Up', (store) => move(store, 0, 1)],
  ['look-down', 'Down', (store) => move(store, 0, -1)],
];

export function WindowControls({ store }: { store: Store }) {
  return (
    <div class="window">
      <p class="explained">
        Drag the figure beside its points to move its window; the wheel with Ctrl or ⌘, two fingers, or + and − on a point scale it, 0 shows the whole. Links do not hold it.
      </p>
      <div class="buttons" role="group" aria-label="Window">
        {buttons.map(([name, label, act]) => (
          <button key={name} type="button" data-testid={name} onClick={() => act(store)}>
            {label}
          </button>
        ))}
        <button type="button" data-testid="look-whole" aria-disabled={store.view.value === store.fitted.value} onClick={() => store.look(null)}>
          Whole
        </button>
      </div>
    </div>
  );
}
