// The diffusion model that the page trains: a network for each of its noise levels.
import { signal } from '@preact/signals';
import type { Description, Experiment } from '../../denoise';
import { Bank } from '../../engine/bank';
import type { Answers } from '../../engine/engine';
import type { FlowSettings } from '../../minimum_cost';
import { sentence } from '../../store/refusals';
import type { State } from '../../store/state';

export const leastLevel = 0.01; // sigma_0 over sigma_T
export const leastOfModel = 0.03; // the same of the model: smaller balls are below what training takes

/** Its levels, in equal ratios: a sampler takes a step from each. */
export const modelSchedule = { steps: 12, schedule: 'log-uniform' } as const satisfies FlowSettings;

/** The experiments of its levels: noise of the level, and the seeds plus the level's place. They are all
 *  that a model depends on. */
function documentsOf({ experiment }: Description, sigma: number, alpha: number): string[] {
  const { steps } = modelSchedule;
  const { noise, training } = experiment;
  return Array.from({ length: steps }, (_, i) => {
    const level = sigma * leastOfModel ** (i / (steps - 1));
    const { radius, level: _given, seed = 1, ...others } = noise!;
    const size = radius === undefined ? { level } : { radius: alpha * level };
    return JSON.stringify({
      ...experiment,
      noise: { ...others, ...size, seed: seed + i },
      denoiser: { kind: 'trained' },
      training: { ...training, seed: (training?.seed ?? 1) + i },
    });
  });
}

export class Model {
  /** How many levels rest while it is trained, else -1. */
  readonly done = signal(-1);
  /** Why it could not be trained. */
  readonly said = signal('');
  private readonly kept = signal<{ key: string; networks: string[] } | null>(null);
  private stopping: () => void = () => undefined;

  get trained() {
    return this.kept.value;
  }

  /** The networks of these data and this start, or null. */
  of(state: State, description: Description): string[] | null {
    if (state.flow !== 'probability' || state.sigma === null) return null;
    const kept = this.kept.value;
    return kept !== null && kept.key === documentsOf(description, state.sigma, state.alpha).join() ? kept.networks : null;
  }

  /** @returns whether it was trained to its end */
  async train(engine: Answers, description: Description, sigma: number, alpha: number): Promise<boolean> {
    this.said.value = '';
    const documents = documentsOf(description, sigma, alpha);
    // What is refused is refused at once, and not after the levels before it.
    for (const [n, text] of documents.entries()) {
      try {
        engine.samplesOf(JSON.parse(text) as Experiment);
      } catch (error) {
        this.said.value = `Level ${n + 1} of ${documents.length}: ${(error as Error).message}`;
        return false;
      }
    }
    this.done.value = 0;
    const bank = new Bank(engine.wasm, documents, (done) => (this.done.value = done));
    this.stopping = () => bank.stop();
    try {
      const networks = await bank.train();
      if (networks !== null) this.kept.value = { key: documents.join(), networks };
      return networks !== null;
    } catch (error) {
      this.said.value = sentence((error as Error).message);
      return false;
    } finally {
      this.done.value = -1;
    }
  }

  stop(): void {
    this.stopping();
  }
}
