import type { Signal } from '@preact/signals';
import type { ComponentChildren, ComponentType } from 'preact';
import { seldom } from '../store/seldom';
import type { Signals } from '../store/signals';
import maths from './formulas.json?mathml';
import { Tip } from './tip';
import { useUniqueId } from './unique';

/** What of the figure is lit: all of a kind, or the n-th. */
export interface Lit {
  what: 'balls' | 'points' | 'base' | 'ramps' | 'trained';
  n?: number;
}

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
export const Maths = ({ name }: { name: string }) => <div class="maths" dangerouslySetInnerHTML={{ __html: maths[name] ?? '' }} />;

/** Terms within light up what they mean, under the pointer, with the focus, or tapped. */
export function Lighting({ lit, children }: { lit: Signal<Lit | null>; children: ComponentChildren }) {
  const light = (event: Event) => {
    const term = (event.target as Element).closest<HTMLElement>('[data-term]');
    const { term: what, n } = term?.dataset ?? {};
    lit.value = what === undefined ? null : { what: what as Lit['what'], n: n === undefined ? undefined : Number(n) };
  };
  const out = () => {
    lit.value = null;
  };
  return (
    <div class="lighting" onPointerOver={light} onPointerLeave={out} onFocusIn={light} onFocusOut={out} onClick={light}>
      {children}
    </div>
  );
}

const named = (form: string): string => (form === 'orthogonal' ? 'obtuse-simplex' : form in words ? form : 'none');

/** A closed form and its cost. */
export const FormOf = ({ form }: { form: string }) => (
  <>
    <Maths name={named(form)} />
    {`${named(form)}-ramp` in maths && <Maths name={`${named(form)}-ramp`} />} <Maths name={`${named(form)}-cost`} />
  </>
);

interface Props {
  store: Pick<Signals, 'description' | 'dragging' | 'pace'>;
  lit: Signal<Lit | null>;
  /** The numbers of the picture, which come after the first figure. */
  Terms: ComponentType;
}

/** The network, and the closed form that applies to the points. */
export function Formula({ store, lit, Terms }: Props) {
  const closedForm = seldom(store, () => store.description.value?.closed_form);
  const form = closedForm?.form ?? 'none';
  const tip = useUniqueId('letters');
  return (
    <Lighting lit={lit}>
      <div class="formula">
        <div>
          The trained network <Maths name="model" />
        </div>
        <div>
          <span class="tipped letters" tabIndex={0} role="group" aria-label="What the letters mean" aria-describedby={tip}>
            {named(form) === 'none' ? 'The network of least cost' : 'The closed form and its cost'}
            <Tip id={tip}>
              {words[form] ?? words.none}
              {closedForm?.of_samples && '; between the given samples, a ramp goes from the last sample on its low side to the first on its high side'}
            </Tip>
          </span>
          <FormOf form={form} />
          <div class="terms-place">
            <Terms />
          </div>
        </div>
      </div>
    </Lighting>
  );
}
