// The prover's entry: how far a network at rest is from the best for its samples, in a worker of its
// own, since a part of that work takes longer than a frame.
import createMinimumCost from '#denoise/minimum_cost.mjs';
import type { OptimalitySearch } from '../minimum_cost';
import type { FromProver, ToProver } from './protocol';

const scope = self as unknown as {
  postMessage(message: FromProver): void;
  onmessage: ((event: MessageEvent<ToProver>) => void) | null;
};
let search: Promise<OptimalitySearch>;
let last = 0; // the task that counts

async function prove({ id, clean, noisy, dimension, network, weightDecay }: ToProver & { type: 'prove' }): Promise<void> {
  const own = await search;
  try {
    if (id !== last) return;
    own.begin(clean, noisy, dimension, network, weightDecay);
    while (own.advance()) {
      await new Promise((wake) => setTimeout(wake)); // another task may have come
      if (id !== last) return;
    }
    scope.postMessage({ id, found: own.result() });
  } catch {
    scope.postMessage({ id, found: null }); // nothing is certified of such data
  }
}

scope.onmessage = ({ data }) => {
  if (data.type === 'start') {
    search = createMinimumCost({ wasmBinary: data.wasm, locateFile: (path) => path }).then((module) => new module.OptimalitySearch());
  } else {
    last = data.id;
    void prove(data);
  }
};
