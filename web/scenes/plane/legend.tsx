// What the layers that are shown mean, under the figure. Each key is drawn by the rules of what it
// names, so that the two cannot differ.
import { grouped, nice } from '../../drawing/svg';
import { referenceName } from '../../store/reference';
import { seldom } from '../../store/seldom';
import type { Signals } from '../../store/signals';
import { CleanPoint, Entry } from '../points/entry';
import { arrowScale, componentSteps, distanceSteps, mostEdges, mostWideBends, strokeOf } from './figure';
import { componentMost, shownField, type PlaneData } from './of_data';

const across = 'M0,7H26';

interface Props {
  store: Pick<Signals, 'state' | 'description' | 'readings' | 'dragging' | 'pace'>;
  data: () => PlaneData | null;
}

export function Legend({ store, data }: Props) {
  const { state, description, bends, centred, most, field } = seldom(store, () => ({
    state: store.state.value,
    description: store.description.value,
    bends: (data()?.neurons.length ?? 0) / 6, // of the closed form, or of what stands for it
    centred: data()?.base?.point === -1, // c, which the formula names, is no clean point and marked
    most: componentMost(data()?.accepted ?? [[1]]), // the end of the scale of a component
    field: shownField(store),
  }));
  const { layers, noise, heat } = state;
  const known = description?.reference !== null;
  const called = referenceName(description);
  const blue = known || description?.ramps !== null;
  const count = description?.count ?? 0;
  const edges = (count * (count - 1)) / 2;
  const title = description?.denoisers.find(({ name }) => name === field)?.title ?? '';
  const named = title.charAt(0).toLowerCase() + title.slice(1);
  return (
    <ul class="legend" aria-label="Legend">
      <CleanPoint>clean point</CleanPoint>
      <Entry name="balls" draw={<circle class={noise === 'balls' ? 'ball' : 'ball typical'} cx={13} cy={7} r={6} />}>
        {noise === 'balls' ? 'noise ball' : 'typical radius of the noise'}
      </Entry>
      {centred && (
        <Entry name="base" draw={<g class="base"><path d="M8,7H18M13,2V12" /></g>}>
          c of the formula
        </Entry>
      )}
      {layers.includes('field') && field !== null && (
        <Entry
          name="field"
          draw={
            <>
              <path class={`arrow ${field} shaft`} d="M4,7H18" />
              <path class={`arrow ${field} head`} d="M22,7L17.5,9.25L17.5,4.75Z" />
            </>
          }
        >
          h(y) − y of the {named}, at {arrowScale === 0.25 ? '¼' : arrowScale} length
        </Entry>
      )}
      {layers.includes('image') && field !== null && (
        <Entry name="image" draw={<g class="image"><path class={field} d="M0,4H26M0,10H26M7,0V14M19,0V14" /></g>}>
          image of a square grid under the {named}
        </Entry>
      )}
      {layers.includes('boundaries') && blue && (
        <Entry name="boundaries-closed" draw={<g class={`boundaries-closed${known ? '' : ' unknown'}${bends > mostWideBends ? ' many' : ''}`}><path d={across} /></g>}>
          bends of the {called}
        </Entry>
      )}
      {layers.includes('boundaries') && (
        <Entry name="boundaries-trained" draw={<g class="boundaries-trained"><path {...strokeOf(1)} d={across} /></g>}>
          bends of the trained network, fainter with less mass
        </Entry>
      )}
      {layers.includes('directions') && (
        <Entry name="theory" draw={<g class="theory"><line x1={0} x2={26} y1={7} y2={7} /></g>}>
          edges{edges > mostEdges && `: not drawn, as these ${grouped(edges)} are more than ${mostEdges}`}
        </Entry>
      )}
      {layers.includes('samples') && (
        <Entry name="samples" draw={<g class="samples"><path d="M13,7h0" /></g>}>
          noisy sample
        </Entry>
      )}
      {heat !== 'none' && field !== null && (
        <li class="scale">
          {heat === '1' ? 'h₁' : 'h₂'} of the {named}
          <span class="steps">
            {[-1, ...componentSteps].map((step, i) => (
              <span key={step} class={`step heat-${i}`}>
                <i />
                {i % 5 === 0 ? nice(step * most) : ''}
              </span>
            ))}
          </span>
        </li>
      )}
      {layers.includes('distance') && blue && (
        <li class="scale">
          distance to the {called} over diameter
          <span class="steps">
            {distanceSteps.map((step, i) => (
              <span key={step} class={`step band-${i}`}>
                <i />
                {step < 0.01 || i % 2 === 0 ? nice(step).replace(/^0/, '') : ''}
              </span>
            ))}
          </span>
        </li>
      )}
    </ul>
  );
}
