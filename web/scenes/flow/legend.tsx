// What the layers that are shown mean, under the figure.
import type { ComponentChildren } from 'preact';
import { stationaryMark } from './figure';
import type { Picture } from './follow';
import { frameName } from './census';

const Entry = ({ draw, children }: { draw: ComponentChildren; children: ComponentChildren }) => (
  <li>
    <svg class="key" width={26} height={14} aria-hidden="true">
      {draw}
    </svg>
    <span>{children}</span>
  </li>
);
const across = 'M0,7H26';

export function Legend({ layers, picture, balls }: { layers: readonly string[]; picture: Picture | null; balls: boolean }) {
  const shown = (name: string) => layers.includes(name);
  const result = picture?.result;
  const score = picture?.settings.kind === 'score';
  const line = picture?.description.dimension === 1;
  const kinds = new Set(result?.stationary.filter((s) => s.continuum === 0).map((s) => s.stability));
  return (
    <ul class="legend" aria-label="Legend">
      {shown('balls') && balls && (
        <Entry draw={<circle class="ball" cx={13} cy={7} r={6} />}>noise ball{score ? '' : ' at this level'}</Entry>
      )}
      {shown('bends') && (result?.bends.length ?? 0) > 0 && (
        <Entry draw={<g class="bends"><path class={picture!.which} d={across} /></g>}>a ramp begins or ends{score ? '' : ' at the first level'}</Entry>
      )}
      {shown('frame') && result && (
        <Entry draw={<g class="frame"><path d={across} /></g>}>the points’ {frameName[result.frame]}</Entry>
      )}
      {shown('frame') && (result?.virtual.length ?? 0) > 0 && (
        <Entry draw={<g class="virtual"><path d="M13,1L19,7L13,13L7,7Z" /></g>}>virtual point</Entry>
      )}
      {shown('stationary') &&
        (['stable', 'saddle', 'unstable', 'marginal'] as const)
          .filter((kind) => kinds.has(kind))
          .map((kind) => (
            <Entry key={kind} draw={<g class="stationary">{line ? <path class={`across ${kind}`} d={across} /> : <path class={kind} transform="translate(13,7)" d={stationaryMark(kind)} />}</g>}>
              {kind} stationary point{kind === 'stable' ? '' : kind === 'saddle' ? ': some ways lead in' : kind === 'unstable' ? ': all ways lead out' : ''}
            </Entry>
          ))}
      {shown('stationary') && result && !result.complete && <li>Not all stationary points were found: the network has too many regions.</li>}
    </ul>
  );
}
