import type { Signals } from '../store/signals';
import maths from './formulas.json?mathml';

const held = '[t]₀¹ is t, held between 0 and 1';
const words: Record<string, string> = {
  'one-dimensional': 'x₍ₙ₎ is the n-th point in order along the line, and h is x₍ₙ₎ on its noise ball [lₙ, rₙ]',
  rays: 'φₗ is the line’s denoiser of the points on ray l, along its unit vector uₗ from x₀; a gap D is between neighbours on a ray',
  'obtuse-simplex': `n runs over the other points than x₀, uₙ is the unit vector from x₀ to xₙ; ${held}`,
  orthogonal: `n runs over the other points than x₀, uₙ is the unit vector from x₀ to xₙ; ${held}`,
  'equilateral-triangle': `c is the centre, r the circumradius, uₙ the unit vector from c to xₙ, normal to the face; ${held}`,
  'acute-triangle': `c is a weighted geometric median, hₙ the altitude on xₙ, uₙ its unit vector towards xₙ; ${held}`,
  product: 'yᵢ = Uᵢᵀ(y − x₁) are the coordinates in the i-th of the orthogonal subspaces, hᵢ the denoiser of the points in it; on a line its graph is flat on each ball and straight between',
  zonogon: `one ramp for each two parallel edges, gᵢ from one end to the other, uᵢ = gᵢ/|gᵢ|, sᵢ the end nearer to x₀; ${held}`,
  none: 'what the network of least cost solves; no closed form is known here',
};

/** The formulas of the built table, which are the page's own text. */
const Maths = ({ name }: { name: string }) => <div class="maths" dangerouslySetInnerHTML={{ __html: maths[name] ?? '' }} />;

/** The network, and the closed form that applies to the points. */
export function Formula({ store }: { store: Pick<Signals, 'description'> }) {
  const closedForm = store.description.value?.closed_form;
  const form = closedForm?.form ?? 'none';
  const name = form === 'orthogonal' ? 'obtuse-simplex' : form in words ? form : 'none';
  return (
    <div class="formula">
      <div>
        The trained network <Maths name="model" />
      </div>
      <div>
        {name === 'none' ? 'The network of least cost' : 'The closed form and its cost'} <Maths name={name} />
        {`${name}-ramp` in maths && <Maths name={`${name}-ramp`} />} <Maths name={`${name}-cost`} />
        <small>
          {words[form] ?? words.none}
          {closedForm?.of_samples && '; between the given samples, a ramp goes from the last sample on its low side to the first on its high side'}
        </small>
      </div>
    </div>
  );
}
