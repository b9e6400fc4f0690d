import { grouped, nice, scientific } from '../drawing/svg';
import { referenceName } from '../store/reference';
import { seldom } from '../store/seldom';
import type { Signals } from '../store/signals';
import { Tip } from './tip';
import { useUniqueId } from './unique';

interface Props {
  name: string; // data-testid of the value
  label: string;
  meaning: string;
  value: number | null | undefined;
  text: (value: number) => string;
}

function Readout({ name, label, meaning, value, text }: Props) {
  const tip = useUniqueId(name);
  const known = value !== null && value !== undefined && Number.isFinite(value);
  return (
    <div class={`readout ${name}`} role="group" tabIndex={0} aria-label={label} aria-describedby={tip}>
      <span class="label">
        {label}
      </span>
      <span class="value" data-testid={name} data-value={known ? value : ''}>
        {known ? text(value) : '–'}
      </span>
      <Tip id={tip}>{meaning}</Tip>
    </div>
  );
}

const fixed = (digits: number) => (value: number) => value.toFixed(digits);

/** The live numbers under the figure. */
export function Readouts({ store }: { store: Pick<Signals, 'readings' | 'description' | 'state' | 'dragging' | 'pace'> }) {
  const readings = store.readings.value;
  const status = readings?.status;
  const comparison = readings?.comparison;
  const { description, embed } = seldom(store, () => ({ description: store.description.value, embed: store.state.value.embed }));
  const form = description?.reference;
  const called = referenceName(description);
  const certified = form?.kind === 'minimum-cost';
  const numbers = (
    <section class="readouts" aria-label="Measurements">
      <Readout name="steps" label="Steps" meaning="Training steps since the initial weights; each uses every noisy sample once." value={status?.step} text={grouped} />
      <Readout name="steps-per-second" label="Steps a second" meaning="Speed of training in this browser, on one thread, while it runs; a dash while it does not." value={readings?.stepsPerSecond || null} text={(v) => (v < 10 ? v.toFixed(1) : grouped(Math.round(v)))} />
      <Readout name="loss" label="Loss" meaning="Mean of |h(y) − x|² over the noisy samples, in squared units of the data." value={status?.loss} text={scientific} />
      <Readout name="residual" label="Largest residual" meaning="The greatest |h(y) − x| over the noisy samples: 0 when the network interpolates." value={status?.greatest_residual} text={scientific} />
      <Readout name="cost" label="Cost" meaning="C = Σ |aₖ||wₖ| of the trained weights. It may be below the least cost as long as the residual is not 0." value={status?.cost} text={fixed(4)} />
      {form === null || form === undefined || form.optimal || certified ? (
        <Readout name="formula-cost" label="Least cost" meaning={certified ? 'R of the minimum-cost denoiser. How near a bound proves it to be to the least of all finite networks is said with its name.' : 'R of the closed form, from its formula: no interpolating network costs less.'} value={form?.cost} text={fixed(4)} />
      ) : (
        <Readout name="formula-cost" label="Form’s cost" meaning="Cost of the closed form: an upper bound of the least, which is not known here." value={form.cost} text={fixed(4)} />
      )}
      <Readout name="sup-distance" label="Distance" meaning={`Distance to the ${called}: the greatest difference |h − h*| over a grid around the data, in the data’s units.`} value={comparison?.sup} text={nice} />
    </section>
  );
  if (embed) return numbers;
  return (
    <details class="folded" open>
      <summary>Numbers</summary>
      {numbers}
    </details>
  );
}
