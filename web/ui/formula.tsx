import type { App } from '../app';
import maths from './formulas.json?mathml';

const words: Record<string, string> = {
  'one-dimensional': 'between the noise balls of neighbours, and xₙ on each ball [lₙ, rₙ]',
  rays: 'φ is the line’s denoiser on each ray u from x₀',
  'obtuse-simplex': 'a ramp along each edge from x₀',
  orthogonal: 'a ramp along each edge from x₀',
  'equilateral-triangle': 'a ramp along each face normal u; c the centre, r the circumradius',
  'acute-triangle': 'a ramp along each altitude; c a weighted geometric median, hₙ the altitudes',
  none: 'what the network of least cost solves; no closed form is known here',
};

/** The formulas of the built table, which are the page's own text. */
const Maths = ({ name }: { name: string }) => <div class="maths" dangerouslySetInnerHTML={{ __html: maths[name] ?? '' }} />;

/** The network, and the closed form that applies to the points. */
export function Formula({ app }: { app: App }) {
  const form = app.description.value === null ? 'none' : (app.description.value.closedForm?.form ?? 'none');
  const name = form === 'orthogonal' ? 'obtuse-simplex' : form in words ? form : 'none';
  return (
    <div class="formula">
      <div>
        The trained network <Maths name="model" />
      </div>
      <div>
        {name === 'none' ? 'The network of least cost' : 'The closed form and its cost'} <Maths name={name} /> <Maths name={`${name}-cost`} />
        <small>{words[form] ?? words.none}</small>
      </div>
    </div>
  );
}
