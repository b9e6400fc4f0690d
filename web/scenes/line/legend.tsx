// What the line's marks mean, under the figure; its curves are named at their ends.
import type { Signals } from '../../store/signals';
import { CleanPoint, Entry } from '../points/entry';

export function Legend({ store }: { store: Pick<Signals, 'state'> }) {
  const { layers, noise } = store.state.value;
  const shown = (name: string) => layers.includes(name);
  return (
    <ul class="legend" aria-label="Legend">
      <CleanPoint>clean point, at h = y</CleanPoint>
      <Entry name="balls" draw={<rect class={noise === 'balls' ? 'ball' : 'ball typical'} x={8} y={0} width={10} height={14} />}>
        {noise === 'balls' ? 'noise ball' : 'typical radius of the noise'}
      </Entry>
      {shown('rug') && (
        <Entry name="rug" draw={<g class="rug"><path d="M9,3v9M13,3v9M17,3v9" /></g>}>
          noisy sample
        </Entry>
      )}
      {shown('knots') && shown('closed-form') && (
        <Entry name="knots" draw={<g class="knots"><circle cx={13} cy={7} r={3.5} /></g>}>
          knot: the closed form bends
        </Entry>
      )}
      {shown('trained') && (
        <Entry name="bars" draw={<g class="spectrum"><g class="bars"><path d="M11,13h4v-11h-4Z" /></g></g>}>
          change of the trained slope
        </Entry>
      )}
      {shown('closed-form') && (
        <Entry name="pins" draw={<g class="spectrum"><g class="pins"><line x1={13} x2={13} y1={13} y2={4} /><circle cx={13} cy={4} r={3} /></g></g>}>
          that of the closed form
        </Entry>
      )}
      {shown('cobweb') && (
        <>
          <Entry name="walk" draw={<g class="walk"><path d="M4,13V7H16V2H22" /></g>}>
            the closed form, applied again and again
          </Entry>
          <Entry name="still-points" draw={<g class="still-points"><circle cx={13} cy={7} r={5} /></g>}>
            fixed point that repels
          </Entry>
          <Entry name="basins" draw={<g class="basins"><rect x={0} y={4} width={13} height={6} /><rect class="odd" x={13} y={4} width={13} height={6} /></g>}>
            basins of the clean points
          </Entry>
        </>
      )}
    </ul>
  );
}
