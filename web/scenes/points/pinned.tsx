// Pinned y in a figure and beneath it: what each denoiser makes of them. Loaded after the first figure.
import { drawHandles, type Handle, type HandleEvents } from '../../drawing/handles';
import type { Plot } from '../../drawing/plot';
import { layer, nice } from '../../drawing/svg';
import type { View } from '../../drawing/view';
import { round } from '../../store/clean_points';
import type { Commands, Signals } from '../../store/signals';
import { placeAt } from './drag';
import { mostPins, nameOf, type Pin } from './pins';
import { valuesAt, written, type Probe, type ProbeStore } from './probe';
import './pinned.css';

type Store = ProbeStore & Pick<Signals, 'state' | 'view'> & Pick<Commands, 'update'>;

export interface Pinned extends Probe {
  name: string;
}

/** Those of the points' dimension, with their values. */
export function pinnedOf(store: Store): Pinned[] {
  const d = store.description.value?.dimension;
  return store.state.value.pins.flatMap(({ name, at }) => {
    const values = at.length === d ? valuesAt(store, at) : null;
    return values === null ? [] : [{ name, ...values }];
  });
}

/** A letter that no pin has. */
const freeName = (pins: readonly Pin[]): string => ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'].find((letter) => pins.every(({ name }) => name !== letter)) ?? 'A';

const bound = 0.97; // of half the view, as far as a pin is moved

/** Moves and removes pins by hand; theirs are the numbers in the state's list. */
export function pinEvents(store: Store, plot: () => Plot): HandleEvents {
  const shown = () => store.state.peek().pins.flatMap(({ at }, i) => (at.length === store.view.peek()!.centre.length ? [i] : []));
  const put = (n: number, at: number[]) => {
    const index = shown()[n];
    store.update({ pins: store.state.peek().pins.map((pin, i) => (i === index ? { ...pin, at } : pin)) });
  };
  return {
    move: (n, px, py) => put(n, placeAt(plot(), store.view.peek()!, px, py, bound)),
    nudge(n, dx, dy) {
      const { half } = store.view.peek()!;
      const { at } = store.state.peek().pins[shown()[n]!]!;
      const steps = at.length === 1 ? [dx || dy] : [dx, dy];
      put(n, at.map((v, i) => round(v + (steps[i]! * half) / 100, half)));
    },
    remove(n) {
      const index = shown()[n];
      store.update({ pins: store.state.peek().pins.filter((_, i) => i !== index) });
    },
    select: () => undefined,
    release: () => undefined,
  };
}

/** The pins as handles. @param at where a pin stands, in pixels */
export function drawPins(svg: SVGSVGElement, pins: readonly Pinned[], view: View, at: (pin: Pinned) => [number, number], events: HandleEvents): void {
  const handles = pins.map((pin, n): Handle => {
    const [x, y] = at(pin);
    return {
      x,
      y,
      name: pin.name,
      text: `Pin ${pin.name} at ${pin.at.map(nice).join(', ')}. Arrow keys move it, Delete removes it.`,
      refused: false,
      outside: pin.at.some((v, i) => Math.abs(v - view.centre[i]!) > view.half),
      id: `pin-${n}`,
    };
  });
  drawHandles(layer(svg, 'pins'), handles, events);
}
/** Beneath the figure: pins with their values, named and removed here. */
export function Pins({ store }: { store: Store }) {
  const { pins, embed } = store.state.value;
  const shown = pinnedOf(store);
  const d = store.description.value?.dimension;
  const others = pins.filter(({ at }) => at.length !== d).length;
  const full = pins.length >= mostPins;
  if (embed && shown.length === 0) return null;
  const size = store.description.value?.diameter || 1;
  const pin = () => {
    const { centre, half } = store.view.value!;
    let at = store.probe.value ?? centre.map((v) => round(v, half));
    const [first, ...rest] = at as [number, ...number[]];
    // Beside one that stands there: one on the other would not be seen.
    for (let n = 1; pins.some((each) => String(each.at) === String(at)); ++n) at = [round(first + (n * half) / 10, half), ...rest];
    store.update({ pins: [...pins, { name: freeName(pins), at }] });
  };
  const rename = (index: number, text: string) => {
    const name = nameOf(text) || freeName(pins);
    store.update({ pins: pins.map((each, i) => (i === index ? { ...each, name } : each)) });
  };
  const indexOf = (n: number) => pins.flatMap(({ at }, i) => (at.length === d ? [i] : []))[n]!;
  return (
    <>
      {!embed && (
        <div class="buttons pinning">
          <button type="button" data-testid="pin" aria-disabled={full} onPointerDown={(event) => event.preventDefault()} onClick={() => full || d === undefined || pin()}>
            Pin a y
          </button>
          <p class="explained">
            {full
              ? `${mostPins} are pinned, the most there is room for: remove one first.`
              : shown.length === 0
                ? 'Pins the y that is pointed at and held, else the middle of the window; then arrow keys or a drag move it.'
                : 'The link and the table to take away hold them.'}
            {others > 0 && ` ${others} of points of another dimension ${others === 1 ? 'is' : 'are'} not shown.`}
          </p>
        </div>
      )}
      {shown.length > 0 && (
        <div class="pinned-values" tabIndex={0} role="group" aria-label="Pinned y">
          <table>
            <tbody>
              {shown.map(({ name, at, values }, n) => (
                <tr key={n}>
                  <th scope="row">
                    {embed ? name : <input class="number" data-testid={`pin-name-${n}`} aria-label={`Name of pin ${name}`} maxLength={16} autocomplete="off" spellcheck={false} value={name} onChange={(event) => rename(indexOf(n), event.currentTarget.value)} />}
                  </th>
                  <td data-testid={`pin-at-${n}`}>y = {written(at, size)}</td>
                  {values.map(({ which, text, value }) => (
                    <td key={which} class={which}>
                      {text} {written(value, size)}
                    </td>
                  ))}
                  {!embed && (
                    <td>
                      <button type="button" data-testid={`unpin-${n}`} aria-label={`Remove pin ${name}`} onClick={() => store.update({ pins: pins.filter((_, i) => i !== indexOf(n)) })}>
                        Remove
                      </button>
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}
