// The page's form fields. Each has a label, one sentence of explanation, and a place for the
// library's sentence when it refuses the value.
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { App } from '../store/app';
import { controlOf } from '../store/state';
import { Tip } from './tip';

interface FieldProps {
  app: App;
  name: string; // of the control, as in the link
  label: string;
  explain: string;
}

const describedBy = (app: App, name: string) =>
  app.refusal.value?.control === name ? `error-${name} tip-${name}` : `tip-${name}`;

export function Refusal({ app, name }: { app: App; name: string }) {
  const refusal = app.refusal.value;
  return (
    <p class="refusal" id={`error-${name}`} data-testid={`error-${name}`} role="alert" hidden={refusal?.control !== name}>
      {refusal?.control === name ? refusal.message : ''}
    </p>
  );
}

/** How the value makes training differ from what the closed form is proved for; no refusal. */
function Advice({ app, name }: { app: App; name: string }) {
  const found = app.description.value?.premises.find(({ where }) => controlOf(where) === name);
  return (
    <p class="advice" data-testid={`advice-${name}`} hidden={found === undefined}>
      {found?.message}
    </p>
  );
}

export function Field({ app, name, label, explain, children, wide }: FieldProps & { children: ComponentChildren; wide?: boolean }) {
  return (
    <div class={`field${wide ? ' wide' : ''}${app.refusal.value?.control === name ? ' refused' : ''}`}>
      <label for={name}>{label}</label>
      {children}
      <Tip id={`tip-${name}`}>{explain}</Tip>
      <Refusal app={app} name={name} />
      <Advice app={app} name={name} />
    </div>
  );
}

/** What is being typed, until it is left: half a number must not be rewritten under the cursor. A
 *  refused text that was left stays beside its sentence, and goes with it. */
export function useTyped(app: App, name: string) {
  const [typed, setTyped] = useState<string | null>(null);
  const refused = app.refusal.value?.control === name;
  useEffect(() => {
    if (!refused && document.activeElement?.id !== name) setTyped(null);
  }, [refused, name]);
  const left = () => {
    if (!refused) setTyped(null);
  };
  return { typed, setTyped, refused, left };
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

export function NumberField({ app, name, label, explain, value, change, range: [low, high], log, whole }: NumberProps) {
  const { typed, setTyped, refused, left } = useTyped(app, name);
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
    <Field app={app} name={name} label={label} explain={explain}>
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
        id={name}
        data-testid={name}
        inputMode="decimal"
        autocomplete="off"
        spellcheck={false}
        aria-invalid={refused}
        aria-describedby={describedBy(app, name)}
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

export function SelectField<T extends string>({ app, name, label, explain, value, choices, change }: ChoiceProps<T>) {
  return (
    <Field app={app} name={name} label={label} explain={explain} wide>
      <select
        id={name}
        data-testid={name}
        value={value}
        aria-describedby={describedBy(app, name)}
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

export function CheckField({ app, name, label, explain, value, change }: FieldProps & { value: boolean; change: (on: boolean) => void }) {
  return (
    <div class="field check">
      <input
        type="checkbox"
        id={name}
        data-testid={name}
        checked={value}
        aria-describedby={describedBy(app, name)}
        onChange={(event) => change(event.currentTarget.checked)}
      />
      <label for={name}>{label}</label>
      <Tip id={`tip-${name}`}>{explain}</Tip>
    </div>
  );
}
