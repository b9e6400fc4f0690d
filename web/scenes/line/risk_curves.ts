// How much denoisers on a line err against the noise level: which curves there are, asked for anew as the
// points, the reference or the network at rest change.
import { effect, signal } from '@preact/signals';
import type { Network } from '../../denoise';
import type { RiskQuestion } from '../../engine/protocol';
import { Risks } from '../../engine/risks';
import { weightsOf } from '../../engine/weights';
import type { Signals } from '../../store/signals';

/** Of least cost with noise radius sigma; the reference, as it is shown; the trained network; both MMSE. */
export type Erring = 'least-cost' | 'reference' | 'trained' | 'empirical-mmse' | 'exact-mmse';
export interface Curve {
  levels: Float64Array;
  risks: Float64Array; // NaN where there is none
}
type Curves = ReadonlyMap<Erring, Curve>;
type Store = Pick<Signals, 'engine' | 'description' | 'configuration' | 'readings' | 'next'>;

const count = 29; // levels of a curve
const [from, to] = [1 / 25, 2]; // of half the least gap between two points, where balls of that radius touch
const patienceMs = 400; // so long another question waits for the answer to one before

/** The noise levels of curves about points with so much room. */
export const levelsOf = (greatestRadius: number): Float64Array => Float64Array.from({ length: count }, (_, i) => greatestRadius * from * (to / from) ** (i / (count - 1)));

const ofPoints = ['least-cost', 'empirical-mmse', 'exact-mmse'] as const;

export class RiskCurves {
  /** Over the levels that are drawn, and at those that are marked. */
  readonly drawn = signal<Curves>(new Map());
  readonly marked = signal<Curves>(new Map());
  /** Why there are none, in a sentence. */
  readonly said = signal('');
  private readonly risks = new Risks();
  private readonly refusals = new Map<string, string>(); // by what was asked: another answer says nothing of it
  private readonly waiting = new Map<string, () => Promise<void>>();
  private readonly busy = new Set<string>();

  /** Follows what a store shows. @param marks the levels that are marked @param own the reference's and the
   *  trained network's curves too @returns ends that */
  follow(store: Store, marks: () => readonly number[], own: boolean): () => void {
    const there = () => {
      void store.configuration.value;
      const description = store.description.value;
      return description?.dimension === 1 ? description : null;
    };
    const ask = (name: Erring, network: () => RiskQuestion['network'] | Promise<RiskQuestion['network']>) => {
      const description = there();
      const sigmas = Float64Array.from(marks());
      if (description === null) return;
      const levels = { drawn: levelsOf(description.greatest_radius), marked: sigmas };
      for (const part of ['drawn', 'marked'] as const) this.put(store, part, name, levels[part], network);
    };
    const ends = ofPoints.map((name) => effect(() => ask(name, () => null)));
    if (own) {
      const network = (text: string) => weightsOf(JSON.parse(text) as Network);
      ends.push(
        effect(() => {
          const kind = there()?.reference?.kind;
          if (kind !== undefined) ask('reference', () => network(store.engine.peek()!.network(kind)));
          else this.take('drawn', 'reference', null);
        }),
        effect(() => {
          void store.readings.value;
          if (store.next.value !== 'pause') ask('trained', async () => network(await store.engine.peek()!.ask('network')));
        }),
      );
    }
    return () => ends.forEach((end) => end());
  }

  /** The risk at a level that is marked; null while it is not known, NaN where there is none. */
  at(name: Erring, level: number): number | null {
    const curve = this.marked.value.get(name);
    const at = curve?.levels.indexOf(level) ?? -1;
    return at < 0 ? null : curve!.risks[at]!;
  }

  private put(store: Store, part: 'drawn' | 'marked', name: Erring, levels: Float64Array, network: () => RiskQuestion['network'] | Promise<RiskQuestion['network']>): void {
    const key = `${part} ${name}`;
    this.waiting.set(key, async () => {
      const of = name === 'reference' || name === 'trained' ? 'network' : name;
      const engine = store.engine.peek()!;
      try {
        const risks = await this.risks.ask(engine, key, { clean: engine.cleanPoints(), levels, of, network: await network() });
        if (risks !== null) this.take(part, name, { levels, risks });
      } catch (error) {
        this.take(part, name, null, (error as Error).message);
      }
    });
    void this.work(key);
  }

  /** Asks what waits. A drag is followed at the pace of the answers. */
  private async work(key: string): Promise<void> {
    if (this.busy.has(key)) return;
    this.busy.add(key);
    for (let next = this.waiting.get(key); next !== undefined; next = this.waiting.get(key)) {
      this.waiting.delete(key);
      await Promise.race([next(), new Promise((wake) => setTimeout(wake, patienceMs))]);
    }
    this.busy.delete(key);
  }

  private take(part: 'drawn' | 'marked', name: Erring, curve: Curve | null, refused = ''): void {
    const curves = new Map(this[part].peek());
    if (curve === null) curves.delete(name);
    else curves.set(name, curve);
    if (refused === '') this.refusals.delete(`${part} ${name}`);
    else this.refusals.set(`${part} ${name}`, refused);
    this[part].value = curves;
    this.said.value = this.refusals.values().next().value ?? '';
  }
}
