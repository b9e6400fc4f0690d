// The terms of the formula that are in the picture, with their numbers. Loaded after the first figure.
import './terms.css';

export interface Term {
  what: string; // as in Lit
  n?: number;
  name: string;
  value: string;
}

const most = 12;

export const Terms = ({ terms }: { terms: readonly Term[] }) => (
  <p class="terms">
    {terms.slice(0, most).map(({ what, n, name, value }) => (
      <button key={name} type="button" data-term={what} data-n={n} data-testid={`term-${what}${n === undefined ? '' : `-${n}`}`}>
        <i>{name}</i> {value}
      </button>
    ))}
    {terms.length > most && ` and ${terms.length - most} more`}
  </p>
);

const subscripts = '₀₁₂₃₄₅₆₇₈₉';
export const numbered = (letter: string, n: number): string => `${letter}${[...String(n + 1)].map((c) => subscripts[Number(c)]).join('')}`;
