// How much each denoiser errs: the plot of risk against the noise level, and the risks at one.
import { useEffect } from 'preact/hooks';
import { Figure } from '../../drawing/figure';
import { nice } from '../../drawing/svg';
import type { Commands, Signals } from '../../store/signals';
import { evidence } from '../../ui/sentences';
import type { Cell, Table } from '../../ui/tables';
import { useUniqueId } from '../../ui/unique';
import { levelsOf, type Erring, type RiskCurves } from './risk_curves';
import { drawRisk, erring } from './risk_figure';

type Store = Signals & Pick<Commands, 'update'>;

/** The level that the plot opens at. */
const opening = (store: Pick<Signals, 'description'>): number => Number((store.description.value?.radius ?? 0.1).toPrecision(3));

function known(store: Pick<Signals, 'description' | 'state'>, name: Erring): [what: string, how: string] {
  const theorem = store.state.value.anonymous ? 'theorem' : 'theorem, Zeno et al. 2023';
  const reference = store.description.value?.reference;
  switch (name) {
    case 'least-cost':
      return ['Least cost, with noise radius ρ = σ', theorem];
    case 'reference':
      return [`The same as the figure shows it, ρ = ${nice(store.description.value?.radius ?? NaN)}`, reference ? evidence(store, reference) : ''];
    case 'trained':
      return ['Trained network, as it stands', 'measured'];
    case 'empirical-mmse':
      return ['Empirical MMSE, which knows the clean points', 'derived: Bayes'];
    case 'exact-mmse':
      return ['Best possible: exact MMSE, which knows the truth’s distribution', 'derived: Bayes'];
  }
}

/** A risk as text. */
export const riskText = (risk: number | null): string => (risk === null || Number.isNaN(risk) ? '–' : risk >= 1e-3 ? risk.toFixed(4) : nice(risk));

export function Risk({ store, curves }: { store: Store; curves: RiskCurves }) {
  const id = useUniqueId('sigma');
  const { risk: chosen, embed } = store.state.value;
  const open = chosen !== null && !embed;
  useEffect(() => (open ? curves.follow(store, () => (store.state.value.risk === null ? [] : [store.state.value.risk]), true) : undefined), [open]);
  if (embed) return null;
  const sigma = chosen ?? opening(store);
  const greatest = store.description.value?.greatest_radius ?? NaN;
  const [low, high] = Number.isFinite(greatest) ? [levelsOf(greatest)[0]!, levelsOf(greatest).at(-1)!] : [0.01, 1];
  const slide = (at: number) => store.update({ risk: Number((10 ** at).toPrecision(3)) });
  const touches = sigma >= greatest;
  return (
    <details
      class="risk"
      data-testid="risk"
      open={open}
      onToggle={(event) => {
        if (event.currentTarget.open !== open) store.update({ risk: event.currentTarget.open ? sigma : null });
      }}
    >
      <summary>Which denoiser errs least? Risk against the noise level</summary>
      {open && (
        <div class="opened">
          <p class="explained">
            Here the truth x may lie anywhere between the outermost clean points, all places alike, and y is x with Gaussian noise of level σ. The risk is the mean of (h(y) − x)², in
            squared units of the data, by quadrature to about ten digits.
          </p>
          <Figure class="risk-figure" label="Risk of each denoiser against the noise level" inputs={() => ({ curves: curves.drawn.value, marked: curves.marked.value, sigma: store.state.value.risk ?? sigma })} draw={drawRisk} />
          <div class="level">
            <label for={id}>Noise level σ</label>
            <input
              id={id}
              class="slider"
              type="range"
              data-testid="risk-sigma"
              min={Math.log10(low)}
              max={Math.log10(high)}
              step={(Math.log10(high) - Math.log10(low)) / 200}
              value={Math.log10(sigma)}
              aria-valuetext={nice(sigma)}
              onInput={(event) => slide(event.currentTarget.valueAsNumber)}
            />
            <output for={id}>{nice(sigma)}</output>
          </div>
          <table aria-label={`Risks at noise level ${nice(sigma)}`}>
            <tbody>
              {erring.map(([name]) => {
                const value = curves.at(name, sigma);
                const [what, how] = known(store, name);
                return (
                  <tr key={name}>
                    <td data-testid={`risk-${name}`} data-value={value === null || Number.isNaN(value) ? '' : value}>
                      {riskText(value)}
                    </td>
                    <th scope="row">{what}</th>
                    <td>{how}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
          <p class="explained" role="status">
            {curves.said.value || (touches ? `From σ = ${nice(greatest)} on, balls of radius σ touch: no denoiser fits them all.` : 'A theorem says that below some σ least cost errs less than the empirical MMSE; above it the order may turn.')}
          </p>
        </div>
      )}
    </details>
  );
}

/** The curves as a table. */
export const riskTable = (curves: RiskCurves): Table => ({
  name: 'risk',
  title: 'Risk',
  lacking: 'The plot of risk against the noise level has not been opened yet.',
  rows: () => {
    const shown = erring.flatMap(([name]) => {
      const curve = curves.drawn.value.get(name);
      return curve === undefined ? [] : [{ name, ...curve }];
    });
    if (shown.length === 0) return null;
    return [['denoiser', 'sigma', 'risk'], ...shown.flatMap(({ name, levels, risks }) => Array.from(levels, (level, i): Cell[] => [name, level, risks[i]!]))];
  },
});
