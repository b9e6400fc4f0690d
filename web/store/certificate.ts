// What is proved of the network at rest: asked once for each rest, and forgotten with it.
import { signal } from '@preact/signals';
import type { Optimality } from '../minimum_cost';

export class Certificate {
  /** Of the network at rest; null while it is not known. */
  readonly found = signal<Optimality | null>(null);
  private asked = 0; // what was asked last is what is shown
  private of = ''; // the rest that it is of

  /** @param of names a rest; '' of a network that does not rest */
  async seek(of: string, ask: () => Promise<Optimality | null>): Promise<void> {
    if (of === this.of) return;
    this.forget();
    this.of = of;
    if (of === '') return;
    const { asked } = this;
    try {
      const found = await ask();
      if (this.asked === asked) this.found.value = found;
    } catch {
      if (this.asked === asked) this.of = ''; // not loaded: the next snapshot tries again
    }
  }

  /** Another run begins; while it is played no snapshot says so. */
  forget(): void {
    this.of = '';
    this.found.value = null;
    ++this.asked;
  }
}
