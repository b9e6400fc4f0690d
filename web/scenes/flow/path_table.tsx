// The path of one start in words and numbers.
import type { ComponentChildren } from 'preact';
import { nice } from '../../drawing/svg';
import type { FlowPath } from '../../minimum_cost';
import { written } from '../points/probe';
import { calledOf } from './called';
import type { Picture } from './follow';
import { endOf, eventsOf, placeAtTime } from './path';

export interface Followed {
  picture: Picture;
  path: FlowPath;
}

/** "across 2 bends, ..." */
function sentenceOf({ picture, path }: Followed): string {
  const { settings, which } = picture;
  const score = settings.kind === 'score';
  const crossed = path.crossing_times.length;
  const pieces = !score || which === 'empirical-mmse' ? '' : `goes through ${crossed + 1} ${crossed === 0 ? 'piece' : 'pieces'} of the network, `;
  const near = nice(path.arrival);
  const when = score ? `r = ${near}` : `σ = ${near}`;
  return `By ${calledOf(picture)} the start ${pieces}comes within a hundredth of the points’ diameter of its end at ${when} and ends ${endOf(path, picture)}.`;
}

function Events({ followed: { picture, path }, time, children }: { followed: Followed; time: number; children: ComponentChildren }) {
  const symbol = picture.settings.kind === 'score' ? 'r' : 'σ';
  const size = picture.description.diameter;
  const y = path.points[0]!.length === 1 ? 'y' : '(y₁, y₂)';
  return (
    <table class="ends path-events" data-testid="path" data-crossings={path.crossing_times.length} data-arrival={path.arrival} data-end={path.end.name}>
      <caption>{children}</caption>
      <thead>
        <tr>
          <th scope="col">The start</th>
          <th scope="col">{symbol}</th>
          <th scope="col">{y}</th>
        </tr>
      </thead>
      <tbody>
        {eventsOf(path).map(({ time: when, what, point }, k) => (
          <tr key={k}>
            <th scope="row">{what}</th>
            <td>{nice(when)}</td>
            <td>{written(point, size)}</td>
          </tr>
        ))}
        <tr class="now">
          <th scope="row">is now</th>
          <td>{nice(time)}</td>
          <td data-testid="path-now">{written(placeAtTime(path, time), size)}</td>
        </tr>
      </tbody>
    </table>
  );
}

/** The path of the start by each denoiser that is shown. */
export const Paths = ({ paths, time }: { paths: Followed[]; time: number }) => (
  <div class="paths">
    {paths.map((followed, k) => (
      <Events key={k} followed={followed} time={time}>
        {sentenceOf(followed)}
      </Events>
    ))}
  </div>
);
