// Why no network is cheaper: the dual field over all lines of the plane, a proof one can look at.
import { useSignal } from '@preact/signals';
import { axisBottom, axisLeft } from 'd3-axis';
import { scaleLinear } from 'd3-scale';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Figure, type Size } from '../../drawing/figure';
import { layer, nice } from '../../drawing/svg';
import type { Proof as Picture } from '../../engine/sought';
import { whyNone } from '../../store/reference';
import type { Signals } from '../../store/signals';

const columns = 540;
const rows = 240;
const margin = { left: 56, right: 20, top: 8, bottom: 36 };

/** |G| as ink: little below a half, whole at 1, so that the places where it is 1 stand out. */
function paint(canvas: HTMLCanvasElement, { field }: Picture): void {
  const context = canvas.getContext('2d')!;
  const image = context.createImageData(columns, rows);
  const [red, green, blue] = getComputedStyle(canvas).color.match(/\d+/g)!.map(Number);
  for (let i = 0; i < columns; ++i) {
    for (let j = 0; j < rows; ++j) {
      const value = field[i * rows + j]!;
      const at = 4 * ((rows - 1 - j) * columns + i);
      image.data.set([red!, green!, blue!, Number.isNaN(value) ? 0 : 255 * (0.06 + 0.9 * Math.min(1, value) ** 4)], at);
    }
  }
  context.putImageData(image, 0, 0);
}

function drawOver(svg: SVGSVGElement, { reach, neurons, first }: Picture, { width, height }: Size): void {
  const x = scaleLinear([first, first + 360], [margin.left, width - margin.right]);
  const y = scaleLinear([0, reach], [height - margin.bottom, margin.top]);
  layer(svg, 'axis-x')
    .attr('transform', `translate(0,${height - margin.bottom})`)
    .call(axisBottom(x).tickValues([-90, -30, 30, 90, 150, 210]).tickSize(5).tickFormat((v) => `${+v < 0 ? '−' : ''}${Math.abs(+v)}°`));
  layer(svg, 'axis-y').attr('transform', `translate(${margin.left},0)`).call(axisLeft(y).ticks(4).tickSize(5).tickFormat((v) => nice(+v)));
  layer(svg, 'neurons')
    .selectAll('circle')
    .data(neurons)
    .join('circle')
    .attr('cx', ({ angle }) => x((((180 * angle) / Math.PI - first) % 360) + first))
    .attr('cy', ({ distance }) => y(distance))
    .attr('r', 6);
  layer(svg, 'title')
    .selectAll('text')
    .data([
      { text: 'angle of the line’s normal', at: `translate(${(width + margin.left) / 2},${height - 4})` },
      { text: 'distance from x₁', at: `translate(11,${(height - margin.bottom) / 2}) rotate(-90)` },
    ])
    .join('text')
    .attr('text-anchor', 'middle')
    .attr('transform', ({ at }) => at)
    .text(({ text }) => text);
}

/** Opened, it shows the proof of what the points on the page have for their least cost. */
export function Proof({ store }: { store: Pick<Signals, 'state' | 'description' | 'engine' | 'configuration' | 'dragging'> }) {
  const [open, setOpen] = useState(false);
  const shown = useSignal<Picture | null>(null);
  const picture = shown.value;
  const [said, setSaid] = useState('');
  const [wide, setWide] = useState(''); // what holds of networks of any width
  const [stale, setStale] = useState(false); // of points that were
  const canvas = useRef<HTMLCanvasElement>(null);
  const configuration = store.configuration.value;
  const description = store.description.value;
  useEffect(() => {
    if (!open || description === null) return;
    let wanted = true;
    setStale(true);
    setWide('');
    const none = 'There is no finite network, or none was found: nothing to prove.';
    const engine = store.engine.peek()!;
    const held = () => store.dragging;
    engine
      .proof(description, columns, rows, () => wanted, held)
      .then(
        (found) => {
          if (!wanted) return;
          shown.value = found;
          setStale(false);
          setSaid(found === null ? none : '');
          return found && engine.anyWidth(description, found.cost, () => wanted, held).then(setWide);
        },
        (error: Error) => {
          if (!wanted) return;
          shown.value = null;
          setSaid(error.message);
        },
      );
    return () => void (wanted = false);
  }, [open, configuration]);
  useEffect(() => {
    if (picture !== null && canvas.current !== null) paint(canvas.current, picture);
  }, [picture]);
  if (store.state.value.embed) return null;
  const provable = whyNone(description) === null;
  // Its room is kept; what is open already says that there is nothing to prove.
  return (
    <details class={provable || open ? 'proof' : 'proof none'} data-testid="proof" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{provable ? 'Why is no network cheaper? The proof as a picture' : 'The proof as a picture'}</summary>
      {open && picture === null && <p class="note">{said || 'Solving …'}</p>}
      {open && picture !== null && (
        <>
          <div class={stale ? 'field stale' : 'field'}>
            <canvas ref={canvas} width={columns} height={rows} aria-hidden="true" />
            <Figure class="over" label="The dual field over all lines, with the lines of the network of least cost" inputs={() => shown.value} draw={drawOver} />
          </div>
          <p data-testid="proof-text" class={stale ? 'stale' : ''} aria-busy={stale}>
            Each place is a line: across, the angle of its normal; up, its distance from x₁. Blank are the lines that cross a noise ball, which no neuron of an
            exact network may. The stronger the colour, the nearer |G| is to 1. It is nowhere above 1, so no network of finitely many neurons costs less than{' '}
            {(Math.floor(1e8 * picture.lowerBound) / 1e8).toFixed(8)}. The rings are the {picture.neurons.length} neurons of a network that costs{' '}
            {(Math.ceil(1e8 * picture.cost) / 1e8).toFixed(8)}{picture.finished ? ': each where |G| = 1.' : ', near to it: the search ended before they met.'}
            {picture.unique && ' Only this function costs so little: the conditions of optimality, met to 1e−7, allow no other.'}
          </p>
          <p data-testid="any-width" aria-live="polite">
            {wide === '' ? 'What wider networks cost at least, also infinitely wide ones, is being computed …' : `Of networks of any width, also of infinitely wide ones: ${wide}.`}
          </p>
        </>
      )}
    </details>
  );
}
