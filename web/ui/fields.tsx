// The page's form fields. Each has a label, one sentence of explanation, and a place for the
// library's sentence when it refuses the value.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { controlOf } from '../store/refusals';
import type { Signals } from '../store/signals';
import { Tip } from './tip';
import { useUniqueId } from './unique';

/** What the library says of values. */
type Said = Pick<Signals, 'refusal' | 'description'>;

interface FieldProps {
  store: Said;
  name: string; // of the control, as in the link
  label: string;
  explain: string;
}

// A control's id, and from it those of what describes it.
const tipOf = (id: string) => `${id}-tip`;
const errorOf = (id: string) => `${id}-error`;
export const describedBy = (id: string, refused: boolean) => (refused ? `${errorOf(id)} ${tipOf(id)}` : tipOf(id));

const isRefused = ({ refusal }: Pick<Signals, 'refusal'>, name: string): boolean => refusal.value?.control === name;

export function Refusal({ store, name, id }: { store: Pick<Signals, 'refusal'>; name: string; id?: string }) {
  const refusal = store.refusal.value;
  return (
    <p class="refusal" id={id} data-testid={`error-${name}`} role="alert" hidden={refusal?.control !== name}>
      {refusal?.control === name ? refusal.message : ''}
    </p>
  );
}

/** How the value makes training differ from what the closed form is proved for; no refusal. */
function Advice({ store, name }: { store: Pick<Signals, 'description'>; name: string }) {
  const found = store.description.value?.premises.find(({ where }) => controlOf(where) === name);
  return (
    <p class="advice" data-testid={`advice-${name}`} hidden={found === undefined}>
      {found?.message}
    </p>
  );
}

interface FrameProps extends FieldProps {
  id: string; // of the control among the children
  children: ComponentChildren;
  wide?: boolean;
}

export function Field({ store, name, id, label, explain, children, wide }: FrameProps) {
  return (
    <div class={`field${wide ? ' wide' : ''}${isRefused(store, name) ? ' refused' : ''}`}>
      <label for={id}>{label}</label>
      {children}
      <Tip id={tipOf(id)}>{explain}</Tip>
      <Refusal store={store} name={name} id={errorOf(id)} />
      <Advice store={store} name={name} />
    </div>
  );
}

/** What is being typed, until it is left: half a number must not be rewritten under the cursor. A
 *  refused text that was left stays beside its sentence, and goes with it. */
export function useTyped<E extends HTMLElement>(store: Pick<Signals, 'refusal'>, name: string) {
  const box = useRef<E>(null);
  const [typed, setTyped] = useState<string | null>(null);
  const refused = isRefused(store, name);
  useEffect(() => {
    if (!refused && box.current?.matches(':focus') !== true) setTyped(null);
  }, [refused, name]);
  const left = () => {
    if (!refused) setTyped(null);
  };
  return { box, typed, setTyped, refused, left };
}

interface NumberProps extends FieldProps {
  value: number;
  change: (value: number) => void;
  /** The slider's range; on a logarithmic scale with `log`. Any number can be typed. */
  range: [number, number];
  log?: boolean;
  whole?: boolean;
}

const written = (value: number): string => (Number.isFinite(value) ? String(Number(value.toPrecision(6))) : '');

export function NumberField({ store, name, label, explain, value, change, range: [low, high], log, whole }: NumberProps) {
  const id = useUniqueId(name);
  const { box, typed, setTyped, refused, left } = useTyped<HTMLInputElement>(store, name);
  const [from, to] = log ? [Math.log10(low), Math.log10(high)] : [low, high];
  const step = (to - from) / 200;
  const position = Number.isFinite(value) && (!log || value > 0) ? (log ? Math.log10(value) : value) : from;
  const take = (text: string) => {
    setTyped(text);
    change(text.trim() === '' ? NaN : Number(text.trim().replace(',', '.').replace('−', '-')));
  };
  const slide = (at: number) => {
    const raw = log ? 10 ** at : at;
    setTyped(null);
    change(whole ? Math.round(raw) : Number(raw.toPrecision(3)));
  };
  return (
    <Field store={store} name={name} id={id} label={label} explain={explain}>
      <input
        class="slider"
        type="range"
        aria-label={`${label}, slider`}
        data-testid={`${name}-slider`}
        min={from}
        max={to}
        step={whole && !log ? 1 : step}
        value={position}
        aria-valuetext={written(value)}
        onInput={(event) => slide(event.currentTarget.valueAsNumber)}
      />
      <input
        class="number"
        id={id}
        ref={box}
        data-testid={name}
        inputMode="decimal"
        autocomplete="off"
        spellcheck={false}
        aria-invalid={refused}
        aria-describedby={describedBy(id, refused)}
        value={typed ?? written(value)}
        onInput={(event) => take(event.currentTarget.value)}
        onBlur={left}
        onKeyDown={(event) => {
          const turn = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0;
          if (turn === 0) return;
          event.preventDefault();
          slide(Math.min(to, Math.max(from, position + turn * (whole && !log ? 1 : 2 * step))));
        }}
      />
    </Field>
  );
}

interface ChoiceProps<T extends string> extends FieldProps {
  value: T;
  choices: readonly (readonly [T, string])[];
  change: (value: T) => void;
}

export function SelectField<T extends string>({ store, name, label, explain, value, choices, change }: ChoiceProps<T>) {
  const id = useUniqueId(name);
  return (
    <Field store={store} name={name} id={id} label={label} explain={explain} wide>
      <select
        id={id}
        data-testid={name}
        value={value}
        aria-describedby={describedBy(id, isRefused(store, name))}
        onChange={(event) => change(event.currentTarget.value as T)}
      >
        {choices.map(([key, text]) => (
          <option key={key} value={key} selected={key === value}>
            {text}
          </option>
        ))}
      </select>
    </Field>
  );
}

export function CheckField({ store, name, label, explain, value, change }: FieldProps & { value: boolean; change: (on: boolean) => void }) {
  const id = useUniqueId(name);
  return (
    <div class="field check">
      <input
        type="checkbox"
        id={id}
        data-testid={name}
        checked={value}
        aria-describedby={describedBy(id, isRefused(store, name))}
        onChange={(event) => change(event.currentTarget.checked)}
      />
      <label for={id}>{label}</label>
      <Tip id={tipOf(id)}>{explain}</Tip>
    </div>
  );
}
