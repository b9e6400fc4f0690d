// The pictures side by side: a column for each image, a row for each denoiser, |f(y) - x| beneath.
import { Fragment } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { App } from '../app';
import { digitClass, DIGITS_SIDE } from '../digits';
import { drawRow, pitch } from './pixels';
import { picturesOf, rowsOf } from './results';

const labelWidth = 128; // of the rows' names, pixels
const labelWidthNarrow = 84;
const narrow = 480;
const leastPitch = 50; // from picture to picture

/** Columns in each block and the pixels from one to the next, for this many pictures in this width. */
function arrange(count: number, width: number): { columns: number; step: number; label: number } {
  const label = width < narrow ? labelWidthNarrow : labelWidth;
  const room = Math.max(width - label, leastPitch);
  const most = Math.max(1, Math.floor(room / leastPitch));
  const columns = Math.ceil(count / Math.ceil(count / most));
  const greatest = count <= 4 ? 120 : count <= 10 ? 88 : 60;
  return { columns, step: Math.min(greatest, Math.floor(room / columns)), label };
}

interface PicturesProps {
  values: Float64Array | null;
  shown: readonly number[]; // which of the pictures
  label: string;
}

/** Pictures side by side: one canvas, since a browser makes a layer of each. */
function Pictures({ values, shown, label }: PicturesProps) {
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

export function PictureGrid({ app }: { app: App }) {
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => setWidth(entry!.contentRect.width));
    observer.observe(frame.current!.parentElement!);
    return () => observer.disconnect();
  }, []);
  const pictures = picturesOf(app);
  if (pictures === null || width === 0) return <div class="pictures" ref={frame} />;

  const rows = rowsOf(app, pictures);
  const count = pictures.indices.length;
  const { columns, step, label } = arrange(count, width);
  const blocks = Array.from({ length: Math.ceil(count / columns) }, (_, b) =>
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
                  {digitClass(pictures.indices[n]!)}
                  <small>no. {pictures.indices[n]}</small>
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
        Beneath each picture its error |f(y) − x|. Grey: <span class="ramp" aria-hidden="true" /> 0 black to 1 white; values beyond
        are shown as black or white.{' '}
        <button type="button" data-testid="new-noise" onClick={() => app.update({ heldOut: app.state.value.heldOut + 1 })}>
          New noise
        </button>
      </p>
    </div>
  );
}
