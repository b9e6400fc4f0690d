// The risks of the story's chapter of them: at the noise level that is chosen, and at one where the order has
// turned.
import { RiskCurves } from '../scenes/line/risk_curves';
import type { RiskInputs } from '../scenes/line/risk_figure';
import type { Signals } from '../store/signals';

const chosenFirst = 0.05;
export const wide = 0.2;

export const risks = new RiskCurves();

/** The chosen noise level. */
export const sigmaOf = (app: Pick<Signals, 'state'>): number => app.state.value.risk ?? chosenFirst;

/** Follows the page's points; the answer ends it. */
export const followRisks = (app: Signals): (() => void) => risks.follow(app, () => [sigmaOf(app), wide], false);

export const riskInputs = (app: Pick<Signals, 'state'>): RiskInputs => ({ curves: risks.drawn.value, marked: risks.marked.value, sigma: sigmaOf(app) });
