// Who asks for curves of risks: in the prover's worker, or where workers are blocked in slices on the page's
// thread. Loaded after the first figure.
import type { Engine } from './engine';
import type { FromProver, RiskQuestion, ToProver } from './protocol';
import { riskCurve } from './risk_curve';

const sliceMs = 4; // on the page's thread, of a frame

type Spare = Awaited<ReturnType<Engine['spare']>>;

interface Asked {
  owner: string;
  question: RiskQuestion;
  resolve: (risks: Float64Array | null) => void;
  reject: (error: Error) => void;
}

export class Risks {
  private readonly asked = new Map<number, Asked>();
  private readonly watched = new WeakSet<Worker>();

  /** Those of a denoiser, by level, NaN where there is none; null where the owner has asked for something else
   *  meanwhile. Rejects with a sentence where there are none. */
  async ask(engine: Pick<Engine, 'spare'>, owner: string, question: RiskQuestion): Promise<Float64Array | null> {
    const id = ++last;
    for (const [other, { owner: its, resolve }] of this.asked) {
      if (its !== owner) continue;
      this.asked.delete(other);
      resolve(null);
    }
    const answer = new Promise<Float64Array | null>((resolve, reject) => this.asked.set(id, { owner, question, resolve, reject }));
    engine.spare().then(
      (spare) => this.send(spare, id),
      (error: Error) => this.settle(id, error.message),
    );
    return answer;
  }

  private send(spare: Spare, id: number): void {
    const asked = this.asked.get(id);
    if (asked === undefined) return;
    const { owner, question } = asked;
    const worker = spare.prover();
    if (worker === null) return void this.onPage(spare, id, question);
    if (!this.watched.has(worker)) {
      this.watched.add(worker);
      worker.addEventListener('message', ({ data }: MessageEvent<FromProver>) => data.type === 'measured' && this.settle(data.id, data.risks));
      worker.addEventListener('error', () => this.asked.forEach((_, waiting) => this.send(spare, waiting)));
    }
    worker.postMessage({ type: 'risk', id, owner, question } satisfies ToProver);
  }

  private async onPage({ module }: Spare, id: number, question: RiskQuestion): Promise<void> {
    try {
      const risks = await riskCurve(module, question, sliceMs, () => this.asked.has(id));
      if (risks !== null) this.settle(id, risks);
    } catch (error) {
      this.settle(id, (error as Error).message);
    }
  }

  private settle(id: number, risks: Float64Array | string): void {
    const asked = this.asked.get(id);
    this.asked.delete(id);
    if (typeof risks === 'string') asked?.reject(new Error(risks));
    else asked?.resolve(risks);
  }
}

let last = 0; // number of the question asked last, by whomever
