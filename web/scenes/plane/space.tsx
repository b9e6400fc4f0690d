// Points of three and more dimensions, which no figure here shows: what is known of them, in words.
import { useEffect, useState } from 'preact/hooks';
import type { Experiment } from '../../denoise';
import { nice } from '../../drawing/svg';
import type { About } from '../../engine/engine';
import { readPointFile } from '../../store/files/csv';
import { sentence } from '../../store/refusals';
import type { Signals } from '../../store/signals';
import { evidence } from '../../ui/sentences';
import { useUniqueId } from '../../ui/unique';

const mostRows = 30; // neurons listed
const mostNumbers = 6; // of a direction
const patienceMs = 250; // after a key

const textOf = (points: number[][]) => points.map((row) => row.join(', ')).join('\n');

type Store = Pick<Signals, 'state' | 'engine'>;

/** (0.5, -0.5, 1, …) */
const listed = (numbers: Float64Array) => `(${[...numbers.subarray(0, mostNumbers)].map(nice).join(', ')}${numbers.length > mostNumbers ? ', …' : ''})`;

/** What is proved of the denoiser, whose it is, and what it costs. */
function resultOf(store: Store, { description }: About): string {
  const { reference, ramps, reason } = description;
  if (reference !== null) return `${sentence(reference.statement)} Cost ${nice(reference.cost)} (${evidence(store, reference)}).`;
  if (ramps?.lower_bound !== undefined) {
    return `${sentence(reason)} Split ramps fit every noise ball at cost ${nice(ramps.cost)} (derived); none of their kind cost less than ${nice(ramps.lower_bound)} (certified).`;
  }
  return ramps === null ? sentence(reason) : `${sentence(reason)} Vertex ramps fit every noise ball at cost ${nice(ramps.cost)} (derived).`;
}

function Neurons({ about }: { about: About }) {
  const d = about.description.dimension;
  const size = 2 * d + 2; // direction, bias, output times the weight's length, mass
  const count = about.neurons.length / size;
  const rows = Array.from({ length: count }, (_, k) => about.neurons.subarray(k * size, (k + 1) * size)).sort((a, b) => b[size - 1]! - a[size - 1]!);
  if (count === 0) return null;
  return (
    <div class="table-place" tabIndex={0} role="region" aria-label="Neurons of the denoiser in space">
      <table class="neurons" data-testid="space-neurons">
        <caption>
          Its {count} neurons{count > mostRows ? `, the ${mostRows} of greatest cost` : ''}: each bends where w·y = τ and moves h along a.
        </caption>
        <thead>
          <tr>
            <th scope="col">w, of length 1</th>
            <th scope="col">τ</th>
            <th scope="col">a</th>
            <th scope="col">cost |a|</th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, mostRows).map((row, k) => (
            <tr key={k}>
              <td>{listed(row.subarray(0, d))}</td>
              <td>{nice(row[d]!)}</td>
              <td>{listed(row.subarray(d + 1, 2 * d + 1))}</td>
              <td>{nice(row[size - 1]!)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Points({ store }: { store: Store }) {
  const engine = store.engine.value!;
  const presets = engine.presets.filter(({ points }) => points[0]!.length > 2);
  const [text, setText] = useState(textOf(presets[0]!.points));
  const [radius, setRadius] = useState(String(presets[0]!.radius));
  const [about, setAbout] = useState<About | null>(null);
  const [refused, setRefused] = useState('');
  const [busy, setBusy] = useState(true);
  const [chosen, points, noise, error] = [useUniqueId('space-preset'), useUniqueId('space-points'), useUniqueId('space-radius'), useUniqueId('space-error')];
  useEffect(() => {
    let wanted = true;
    setBusy(true);
    const ask = async () => {
      try {
        const experiment: Experiment = {
          version: 1,
          data: { points: readPointFile(text, engine.limits.points, engine.limits.coordinate).points },
          noise: radius.trim() === '' ? {} : { radius: Number(radius.trim().replace(',', '.')) },
        };
        const found = await engine.about(JSON.stringify(experiment), () => wanted);
        if (!wanted) return;
        setAbout(found);
        setRefused('');
      } catch (error) {
        if (!wanted) return;
        setAbout(null);
        setRefused(sentence((error as Error).message));
      }
      setBusy(false);
    };
    const timer = setTimeout(() => void ask(), patienceMs);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [text, radius]);
  const shown = presets.find((preset) => textOf(preset.points) === text && String(preset.radius) === radius)?.name ?? '';
  const choose = (name: string) => {
    const preset = presets.find((each) => each.name === name);
    if (preset === undefined) return;
    setText(textOf(preset.points));
    setRadius(String(preset.radius));
  };
  return (
    <div class="space">
      <p>No figure shows more than two dimensions, but least costs are found there too: of up to 10 points in space, and in any dimension where a closed form is known.</p>
      <div class="asked">
        <label for={chosen}>Points</label>
        <select id={chosen} data-testid="space-preset" value={shown} onChange={(event) => choose(event.currentTarget.value)}>
          {shown === '' && <option value="">Your own</option>}
          {presets.map(({ name, title }) => (
            <option key={name} value={name} selected={name === shown}>
              {title}
            </option>
          ))}
        </select>
        <label for={noise}>Noise radius ρ</label>
        <input class="number" id={noise} data-testid="space-radius" inputMode="decimal" autocomplete="off" value={radius} aria-describedby={error} onInput={(event) => setRadius(event.currentTarget.value)} />
        <label for={points}>Coordinates, a point a line</label>
        <textarea id={points} data-testid="space-points" rows={5} spellcheck={false} autocomplete="off" value={text} aria-describedby={error} onInput={(event) => setText(event.currentTarget.value)} />
      </div>
      <p class="refusal" id={error} role="alert" hidden={refused === ''} data-testid="space-error">
        {refused}
      </p>
      {refused === '' && (
        <p data-testid="space-result" aria-live="polite" aria-busy={busy} class={busy ? 'stale' : ''}>
          {about === null ? 'Solving …' : resultOf(store, about)}
        </p>
      )}
      {about !== null && <Neurons about={about} />}
    </div>
  );
}

export function Space({ store }: { store: Store }) {
  const [open, setOpen] = useState(false);
  if (store.state.value.embed) return null;
  return (
    <details class="proof" data-testid="space" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Points in space, in words</summary>
      {open && <Points store={store} />}
    </details>
  );
}
