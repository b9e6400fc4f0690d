import type { ComponentType } from 'preact';
import { useState } from 'preact/hooks';
import { pointName } from '../../drawing/names';
import { addPoint, currentPoints, removePoint, sevenDigits } from '../../store/clean_points';
import { readPoints } from '../../store/codecs';
import type { Commands, Signals } from '../../store/signals';
import { describedBy, Field, SelectField, useTyped } from '../../ui/fields';
import { useUniqueId } from '../../ui/unique';
import { randomPoints } from './random';

interface Props {
  store: Pick<Signals, 'state' | 'engine' | 'description' | 'refusal' | 'configuration' | 'selected'> &
    Pick<Commands, 'update' | 'refuse' | 'select' | 'settle' | 'endGesture'>;
  dimension: number;
  freePlace: () => number[]; // where a new point may go
  Sketches: ComponentType; // the presets as pictures, which come after the first figure
}

const inARow = 6; // pictures of presets, sketches.css
const expected = [3, 10]; // of them, by dimension, before the library is there

/** Preset, the points as text, and buttons to add and remove one. */
export function PointControls({ store, dimension, freePlace, Sketches }: Props) {
  const id = useUniqueId('points');
  const { box, typed, setTyped, refused, left } = useTyped<HTMLTextAreaElement>(store, 'points');
  const presets = (store.engine.value?.presets ?? []).filter((p) => p.points[0]?.length === dimension);
  const state = store.state.value;
  const [draw, setDraw] = useState(1);
  void store.configuration.value;
  const points = currentPoints(store);
  const written = (v: number) => sevenDigits(v, store.description.value?.diameter ?? 1);
  const selected = Math.min(store.selected.value, points.length - 1);
  const take = (text: string) => {
    setTyped(text);
    const words = text.split(/[\s,;]+/).filter((t) => t !== '');
    const wrong = words.find((t) => Number.isNaN(Number(t)));
    if (wrong !== undefined) {
      store.refuse('points', `“${wrong.length > 20 ? `${wrong.slice(0, 20)}…` : wrong}” is not a number; points are written as numbers.`);
      return;
    }
    // On a line every number is a point, however they are set apart.
    const read = dimension === 1 ? words.map((t) => [Number(t)]) : readPoints(text);
    store.update({ preset: '', points: read, radius: null }, 'text');
    // Whatever of the experiment these points do not suit: it is they that were typed.
    const refusal = store.refusal.value;
    if (refusal !== null) store.refuse('points', refusal.message);
  };
  return (
    <>
      <SelectField
        store={store}
        name="preset"
        label="Points"
        explain="Arrangements of clean points for which a result is known, and some for which none is."
        value={state.preset}
        choices={[...presets.map((p) => [p.name, p.title.replace(/ \(.*\)$/, '')] as const), ...(state.preset === '' ? [['', 'Your own points'] as const] : [])]}
        change={(preset) => {
          setTyped(null);
          store.update(preset === '' ? {} : { preset, points: [], radius: null });
        }}
      />
      <div style={{ minHeight: `${48 * Math.ceil((presets.length || expected[dimension - 1]!) / inARow) - 4}px` }}>
        <Sketches />
      </div>
      <div class="buttons">
        <button type="button" data-testid="add-point" onClick={() => addPoint(store, freePlace())}>
          Add a point
        </button>
        <button type="button" data-testid="remove-point" onClick={() => removePoint(store, selected)} disabled={points.length === 0}>
          Remove {points.length > 0 ? pointName(selected) : 'a point'}
        </button>
        <button
          type="button"
          data-testid="random-points"
          title="Other points by chance; the number is their seed, and the same number gives the same points."
          onClick={() => {
            setTyped(null);
            // The seed of the weights makes it a network that begins anew, as with a preset.
            store.update({ preset: '', points: randomPoints(draw, dimension), radius: null, seed: state.seed });
            setDraw(draw + 1);
          }}
        >
          Random points {draw}
        </button>
      </div>
      <Field
        store={store}
        name="points"
        id={id}
        label="As text"
        explain={dimension === 1 ? 'Paste your own: numbers apart by spaces, commas or lines.' : 'Paste your own: one point a line (or apart by semicolons), its two numbers apart by a comma.'}
        wide
      >
        <textarea
          id={id}
          ref={box}
          data-testid="points"
          rows={dimension === 1 ? 2 : 3}
          spellcheck={false}
          aria-invalid={refused}
          aria-describedby={describedBy(id, refused)}
          value={typed ?? points.map((p) => p.map(written).join(', ')).join(dimension === 1 ? ', ' : '\n')}
          onInput={(event) => take(event.currentTarget.value)}
          onBlur={() => {
            left();
            store.endGesture();
          }}
        />
      </Field>
    </>
  );
}
