// A diffusion model that the page trains: a network for each of its noise levels.
import { signal } from '@preact/signals';
import type { Experiment } from '../denoise';
import { Bank } from '../engine/bank';
import type { Answers } from '../engine/engine';
import type { FlowSettings } from '../minimum_cost';
import { sentence } from './refusals';

/** sigma_0 over sigma_T: smaller balls are below what training takes. */
export const leastOfModel = 0.03;

/** Its levels, in equal ratios: a sampler takes a step from each. */
export const modelSchedule = { steps: 12, schedule: 'log-uniform' } as const satisfies FlowSettings;

/** The experiments of its levels: noise of the level, and the seeds plus the level's place. They are all
 *  that a model depends on. */
function documentsOf(experiment: Experiment, sigma: number, alpha: number): string[] {
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

export class DiffusionModel {
  /** How many levels rest while it is trained, else -1. */
  readonly done = signal(-1);
  /** Why it could not be trained. */
  readonly said = signal('');
  private readonly kept = signal<{ key: string; networks: string[]; sigma: number } | null>(null);
  private stopping: () => void = () => undefined;

  /** The networks that were trained last, of whatever. */
  get trained(): string[] | null {
    return this.kept.value?.networks ?? null;
  }

  /** The networks of this experiment's data and settings, whatever its noise level, or null.
   *  @param sigma of the start; without it, that of the model @param alpha radius over level */
  of(experiment: Experiment, alpha: number, sigma?: number): { networks: string[]; sigma: number } | null {
    const kept = this.kept.value;
    if (kept === null) return null;
    return kept.key === documentsOf(experiment, sigma ?? kept.sigma, alpha).join() ? kept : null;
  }

  /** @returns whether it was trained to its end */
  async train(engine: Answers, experiment: Experiment, sigma: number, alpha: number): Promise<boolean> {
    this.said.value = '';
    const documents = documentsOf(experiment, sigma, alpha);
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
      if (networks !== null) this.kept.value = { key: documents.join(), networks, sigma };
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
