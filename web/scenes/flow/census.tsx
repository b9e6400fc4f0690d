// Where the particles end, in numbers; the marks of the figure stand beside their names.
import type { EndClass, FlowResult, Share } from '../../minimum_cost';
import { markOf } from './figure';
import type { Picture } from './follow';

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

/** The classes of the ends with their shares. */
export function Ends({ picture, threshold }: { picture: Picture | null; threshold: number }) {
  const result = picture?.result;
  const names = Object.keys(className) as EndClass[];
  return (
    <table class="ends" data-testid="ends" data-count={picture?.particles ?? ''}>
      <caption>Ends, within ε = {String(Number(threshold.toPrecision(3)))}</caption>
      <thead>
        <tr>
          <th scope="col">Class</th>
          <th scope="col">Count</th>
          <th scope="col">Share (95 %)</th>
        </tr>
      </thead>
      <tbody>
        {names.map((name, k) => {
          const row = result?.classes[k];
          return (
            <tr key={name}>
              <th scope="row">
                <Mark name={name} /> {className[name]} <small>{meaningOf(name, result?.frame ?? 'box')}</small>
              </th>
              <td data-testid={`end-${name}`} data-value={row?.count ?? ''}>
                {row?.count ?? '–'}
              </td>
              <td>{row === undefined ? '–' : shareOf(row).replace(' to ', '–')}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
