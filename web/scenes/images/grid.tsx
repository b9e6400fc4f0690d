// The pictures side by side: a column for each image, a row for each denoiser, |f(y) - x| beneath.
import { Fragment } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Commands, Signals } from '../../store/signals';
import { digitName, digitNumber, DIGITS_SIDE } from './digits';
import { drawRow, pitch } from './pixels';
import type { Results } from './results';

// The rows' names and the pictures, in pixels by the width that there is.
const labelWidths = [
  { below: 480, label: 84 },
  { below: 780, label: 100 },
  { below: Infinity, label: 128 },
];
const widestLabel = 160; // a name and its error in two lines
const leastPitch = 48; // from picture to picture
// Heights besides the pictures themselves, as images.css makes them.
const head = 40;
const errors = 18;
const legend = 45;
const share = 0.57; // of the window's height, at most, unless the pictures would be smaller than that

interface Arrangement {
  columns: number; // in each block
  blocks: number;
  step: number; // pixels from one picture to the next
  label: number;
}

/** The pictures in a column of this width, of a window of this height. */
function arrange(count: number, rows: number, width: number, height: number): Arrangement {
  const { label } = labelWidths.find(({ below }) => width < below)!;
  const room = Math.max(width - label, leastPitch);
  const blocks = Math.ceil(count / Math.max(1, Math.floor(room / leastPitch)));
  const columns = Math.ceil(count / blocks);
  const block = (share * height - legend) / blocks;
  const tallest = ((block - head - (rows - 1) * errors) / rows) * (pitch / DIGITS_SIDE);
  const step = Math.floor(Math.min(room / columns, Math.max(leastPitch, tallest)));
  return { columns, blocks, step, label: Math.max(label, Math.min(widestLabel, width - columns * step)) };
}

/** Height of a frame 720 pixels wide that shows every picture and every number. */
export function frameHeight(count: number): number {
  return 640 + 360 * (arrange(count, 5, 680, 640).blocks - 1);
}

interface PicturesProps {
  values: Float64Array | null;
  shown: readonly number[]; // which of the pictures
  label: string;
}

/** Pictures side by side: one canvas, since a browser makes a layer of each. */
export function Pictures({ values, shown, label }: PicturesProps) {
  const ref = useRef<HTMLCanvasElement>(null);
  const key = shown.join();
  useLayoutEffect(() => {
    if (values !== null) drawRow(ref.current!, values, shown);
  }, [values, key]);
  const width = shown.length * pitch;
  return (
    <canvas
      ref={ref}
      key={key}
      width={width}
      height={DIGITS_SIDE}
      style={{ width: `calc(var(--step) * ${shown.length})` }}
      role="img"
      aria-label={label}
    />
  );
}

interface GridProps {
  store: Pick<Signals, 'state'> & Pick<Commands, 'update'>;
  results: Results;
}

export function PictureGrid({ store, results }: GridProps) {
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  // Before the first paint, so that nothing moves when the pictures have their size.
  useLayoutEffect(() => {
    const stage = frame.current!.parentElement!;
    setWidth(stage.clientWidth);
    const observer = new ResizeObserver(([entry]) => {
      setWidth(entry!.contentRect.width);
      stage.style.setProperty('--high', `${entry!.contentRect.height}px`); // where it sticks on a phone
    });
    observer.observe(stage);
    return () => observer.disconnect();
  }, []);
  const indices = results.pictures.value?.indices ?? store.state.value.images;
  const count = indices.length;
  if (count === 0 || width === 0) return <div class="pictures" ref={frame} />;

  const rows = results.rows();
  const { columns, blocks: split, step, label } = arrange(count, rows.length, width, innerHeight);
  const blocks = Array.from({ length: split }, (_, b) =>
    Array.from({ length: Math.min(columns, count - b * columns) }, (_, i) => b * columns + i),
  );
  return (
    <div class="pictures" ref={frame} style={{ '--step': `${step}px`, '--label': `${label}px` }}>
      {blocks.map((block, b) => (
        <table key={b} class={b === 0 ? '' : 'more'}>
          <caption class="unseen">
            Images {block[0]! + 1} to {block.at(-1)! + 1}: clean, noisy and denoised, with the distance to the clean image
          </caption>
          <thead>
            <tr>
              <td />
              {block.map((n) => (
                <th key={n} scope="col">
                  {digitName(indices[n]!)}
                  <small>no. {digitNumber(indices[n]!)}</small>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => {
              const of = row.errors;
              const mean = of === null ? null : of.reduce((a, e) => a + e, 0) / count;
              return (
                <Fragment key={row.name}>
                  <tr class={row.name}>
                    <th scope="rowgroup" rowSpan={row.name === 'clean' ? 1 : 2}>
                      {row.text} <i>{row.symbol}</i>
                      {row.name !== 'clean' && b === 0 && (
                        <small>
                          mean error{' '}
                          <span data-testid={`mean-error-${row.name}`} data-value={mean ?? ''}>
                            {mean === null ? '–' : mean.toFixed(3)}
                          </span>
                        </small>
                      )}
                    </th>
                    <td colSpan={block.length}>
                      <Pictures values={row.values} shown={block} label={`${row.text}: images ${block[0]! + 1} to ${block.at(-1)! + 1}`} />
                    </td>
                  </tr>
                  {row.name !== 'clean' && (
                    <tr class={`${row.name} errors`}>
                      {block.map((n) => (
                        <td key={n} data-testid={`image-error-${row.name}-${n}`} data-value={of?.[n] ?? ''}>
                          {of === null ? '–' : of[n]!.toFixed(3)}
                        </td>
                      ))}
                    </tr>
                  )}
                </Fragment>
              );
            })}
          </tbody>
        </table>
      ))}
      <p class="grey-scale">
        Beneath each picture its error |f(y) − x|. Grey: <span class="ramp" aria-hidden="true" /> 0 to 1, beyond as 0 or 1.{' '}
        <button type="button" data-testid="new-noise" onClick={() => store.update({ heldOut: store.state.value.heldOut + 1 })}>
          New noise
        </button>
      </p>
    </div>
  );
}
