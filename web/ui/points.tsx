import type { App } from '../store/app';
import { pointName } from '../drawing/names';
import { addPoint, currentPoints, removePoint, sevenDigits } from '../store/clean_points';
import { readPoints } from '../store/state';
import { Field, SelectField, useTyped } from './fields';

interface Props {
  app: App;
  dimension: number;
  freePlace: () => number[]; // where a new point may go
}

/** Preset, the points as text, and buttons to add and remove one. */
export function PointControls({ app, dimension, freePlace }: Props) {
  const { typed, setTyped, refused, left } = useTyped(app, 'points');
  const presets = (app.engine.value?.presets ?? []).filter((p) => p.points[0]?.length === dimension);
  const state = app.state.value;
  void app.configuration.value;
  const points = currentPoints(app);
  const written = (v: number) => sevenDigits(v, app.description.value?.diameter ?? 1);
  const selected = Math.min(app.selected.value, points.length - 1);
  const take = (text: string) => {
    setTyped(text);
    const words = text.split(/[\s,;]+/).filter((t) => t !== '');
    const wrong = words.find((t) => Number.isNaN(Number(t)));
    if (wrong !== undefined) {
      app.refuse('points', `“${wrong.length > 20 ? `${wrong.slice(0, 20)}…` : wrong}” is not a number; points are written as numbers.`);
      return;
    }
    // On a line every number is a point, however they are set apart.
    const read = dimension === 1 ? words.map((t) => [Number(t)]) : readPoints(text);
    app.update({ preset: '', points: read, radius: null }, 'text');
  };
  return (
    <>
      <SelectField
        app={app}
        name="preset"
        label="Points"
        explain="Arrangements of clean points for which a result is known, and some for which none is."
        value={state.preset}
        choices={[...presets.map((p) => [p.name, p.title.replace(/ \(.*\)$/, '')] as const), ...(state.preset === '' ? [['', 'Your own points'] as const] : [])]}
        change={(preset) => {
          setTyped(null);
          app.update(preset === '' ? {} : { preset, points: [], radius: null });
        }}
      />
      <div class="buttons">
        <button type="button" data-testid="add-point" onClick={() => addPoint(app, freePlace())}>
          Add a point
        </button>
        <button type="button" data-testid="remove-point" onClick={() => removePoint(app, selected)} disabled={points.length === 0}>
          Remove {points.length > 0 ? pointName(selected) : 'a point'}
        </button>
      </div>
      <Field
        app={app}
        name="points"
        label="As text"
        explain={dimension === 1 ? 'Paste your own: numbers apart by spaces, commas or lines.' : 'Paste your own: one point a line (or apart by semicolons), its two numbers apart by a comma.'}
        wide
      >
        <textarea
          id="points"
          data-testid="points"
          rows={dimension === 1 ? 2 : 3}
          spellcheck={false}
          aria-invalid={refused}
          aria-describedby={refused ? 'error-points tip-points' : 'tip-points'}
          value={typed ?? points.map((p) => p.map(written).join(', ')).join(dimension === 1 ? ', ' : '\n')}
          onInput={(event) => take(event.currentTarget.value)}
          onBlur={() => {
            left();
            app.places.endGesture();
          }}
        />
      </Field>
    </>
  );
}
