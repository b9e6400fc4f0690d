// A curve of risks, computed in slices.
import type { MinimumCostModule } from '../minimum_cost';
import type { RiskQuestion } from './protocol';

/** By level, NaN where there is none; null where `wanted` no longer holds. Throws DenoiseError. */
export async function riskCurve({ RiskCurve }: Pick<MinimumCostModule, 'RiskCurve'>, { clean, levels, of, network }: RiskQuestion, sliceMs: number, wanted: () => boolean): Promise<Float64Array | null> {
  const curve = new RiskCurve();
  try {
    curve.begin(clean, levels, of, network);
    for (;;) {
      const until = performance.now() + sliceMs;
      let more = true;
      while (more && performance.now() < until) more = curve.advance();
      if (!more) return curve.values().slice();
      await new Promise((wake) => setTimeout(wake));
      if (!wanted()) return null;
    }
  } finally {
    curve.delete();
  }
}
