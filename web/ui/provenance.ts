// What a file was made from: it is written into each, so that whoever finds it can make it again.
import type { Signals } from '../store/signals';

export interface Provenance {
  version: string; // of the library
  seed: number; // of the initial weights
  noiseSeed: number;
  step: number;
  checksum: string | null; // of the network's bits; null: it moved on while it was asked for
}

type Store = Pick<Signals, 'state' | 'engine' | 'snapshot' | 'recording' | 'next'>;

export async function provenanceOf(store: Store): Promise<Provenance> {
  const engine = store.engine.value!;
  const { seed, noiseSeed } = store.state.value;
  const snapshot = store.snapshot.value;
  const step = snapshot?.status.step ?? 0;
  const moment = snapshot?.recorded ? store.recording.moments.value.find((m) => m.step === step) : undefined;
  const live = moment === undefined ? await engine.ask('checksum') : null;
  const stood = store.next.value !== 'pause' && store.snapshot.value?.status.step === step;
  return { version: engine.version, seed, noiseSeed, step, checksum: moment?.checksum || (stood ? live : null) };
}

/** The same in a line. */
export const provenanceLine = ({ version, seed, noiseSeed, step, checksum }: Provenance): string =>
  `libdenoise ${version}, seed ${seed}, noise seed ${noiseSeed}, step ${step}, ${checksum === null ? 'a network in training' : `network ${checksum}`}`;
