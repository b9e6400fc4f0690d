// Where the particles end, in numbers; the marks of the figure stand beside their names.
import type { EndClass, FlowResult, Share } from '../../minimum_cost';
import { markOf } from './figure';
import type { Picture } from './follow';
import { calledOf } from './called';

export const className: Record<EndClass, string> = {
  'training-point': 'Training point',
  'virtual-point': 'Virtual point',
  boundary: 'Boundary',
  inside: 'Inside',
  outside: 'Outside',
};

export const frameName: Record<FlowResult['frame'], string> = { box: 'box', simplex: 'simplex', hull: 'convex hull' };

/** What is said of a class, of ends compared with this frame. */
export function meaningOf(name: EndClass, frame: FlowResult['frame']): string {
  const body = frameName[frame];
  const said: Record<EndClass, string> = {
    'training-point': 'memorised',
    'virtual-point': frame === 'box' ? 'a sum of training points' : 'not counted for these points',
    boundary: frame === 'hull' ? 'not counted for these points' : `on a face of the ${body}`,
    inside: `within the ${body}`,
    outside: `beyond the ${body}`,
  };
  return said[name];
}

/** A share in whole percents. */
export const whole = (share: number): string => String(Math.round(100 * share));
/** "53 % (48 to 58)". Resampling tells nothing of none and of all. */
export const shareOf = ({ value, low, high }: Share): string => `${whole(value)} %${low < high ? ` (${whole(low)} to ${whole(high)})` : ''}`;

export const Mark = ({ name }: { name: EndClass }) => (
  <svg class="key" width={14} height={14} aria-hidden="true">
    <path class={`end ${name}`} d={markOf(name, 7, 7)} />
  </svg>
);

const shareText = (share: Share): string => shareOf(share).replace(' to ', '–');

/** The classes of the ends with their shares; of two denoisers in one column each. */
export function Ends({ pictures, threshold }: { pictures: Picture[]; threshold: number }) {
  const names = Object.keys(className) as EndClass[];
  const [first, second] = pictures;
  return (
    <table class="ends" data-testid="ends" data-count={first?.particles ?? ''}>
      <caption>
        Ends, within ε = {String(Number(threshold.toPrecision(3)))}
        {second !== undefined && ': how many, and their share (95 %)'}
      </caption>
      <thead>
        <tr>
          <th scope="col">Class</th>
          {second === undefined ? ['Count', 'Share (95 %)'].map((text) => <th scope="col" key={text}>{text}</th>) : pictures.map((p, k) => <th scope="col" key={k}>{calledOf(p)}</th>)}
        </tr>
      </thead>
      <tbody>
        {names.map((name, k) => {
          const row = first?.result.classes[k];
          const beside = second?.result.classes[k];
          return (
            <tr key={name}>
              <th scope="row">
                <Mark name={name} /> {className[name]} <small>{meaningOf(name, first?.result.frame ?? 'box')}</small>
              </th>
              <td data-testid={`end-${name}`} data-value={row?.count ?? ''}>
                {row?.count ?? '–'}
                {beside !== undefined && `, ${shareText(row!)}`}
              </td>
              {beside === undefined ? (
                <td>{row === undefined ? '–' : shareText(row)}</td>
              ) : (
                <td data-testid={`end-${name}-beside`} data-value={beside.count}>
                  {beside.count}, {shareText(beside)}
                </td>
              )}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
