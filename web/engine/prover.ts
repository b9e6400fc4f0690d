// The prover's entry: what is sought of points, how far a network at rest is from the best for its samples, flows
// of images, and how much denoisers err, in a worker of its own, since a part of that work takes longer than a frame.
import createMinimumCost from '#denoise/minimum_cost.mjs';
import type { DenoiseError } from '../denoise';
import type { MinimumCostModule, OptimalitySearch } from '../minimum_cost';
import { follow, type Followed } from './flows';
import type { FromProver, ToProver } from './protocol';
import { riskCurve } from './risk_curve';
import { seek } from './sought';
import { instantiate } from './wasm';

const sliceMs = 20; // so soon another question is seen

const scope = self as unknown as {
  postMessage(message: FromProver): void;
  onmessage: ((event: MessageEvent<ToProver>) => void) | null;
  onmessageerror: (() => void) | null;
};
let module: Promise<MinimumCostModule>;
let search: Promise<OptimalitySearch>;
let last = 0; // the proof that counts
let lastFlow = 0; // and the flow
const asked = new Map<string, number>(); // and of each owner the risks
const sought = new Set<number>(); // questions that have not been forgotten

async function prove({ id, clean, noisy, dimension, network, weightDecay }: ToProver & { type: 'prove' }): Promise<void> {
  const own = await search;
  try {
    if (id !== last) return;
    own.begin(clean, noisy, dimension, network, weightDecay);
    while (own.advance()) {
      await new Promise((wake) => setTimeout(wake)); // another task may have come
      if (id !== last) return;
    }
    scope.postMessage({ type: 'proved', id, found: own.result() });
  } catch {
    scope.postMessage({ type: 'proved', id, found: null }); // nothing is certified of such data
  }
}

const refusal = (error: unknown) => {
  const { where = '', message } = error as DenoiseError;
  return { where, message };
};

async function answer({ id, question }: ToProver & { type: 'seek' }): Promise<void> {
  sought.add(id);
  try {
    const found = await seek(await module, question, () => sought.has(id));
    scope.postMessage({ type: 'sought', id, answer: found, refused: null });
  } catch (error) {
    scope.postMessage({ type: 'sought', id, answer: null, refused: refusal(error) });
  }
  sought.delete(id);
}

async function flow({ id, points, dimension, settings, networks }: ToProver & { type: 'flow' }): Promise<void> {
  const { Flows } = await module;
  const flows = new Flows();
  let followed: Followed | null = null;
  let refused: { where: string; message: string } | null = null;
  try {
    await follow(flows, points, dimension, settings, networks, () => id === lastFlow, (now) => (followed = now));
  } catch (error) {
    refused = refusal(error);
  }
  flows.delete();
  scope.postMessage({ type: 'flowed', id, followed: id === lastFlow ? followed : null, refused });
}

async function measure({ id, owner, question }: ToProver & { type: 'risk' }): Promise<void> {
  try {
    const risks = await riskCurve(await module, question, sliceMs, () => asked.get(owner) === id);
    if (risks !== null) scope.postMessage({ type: 'measured', id, risks });
  } catch (error) {
    scope.postMessage({ type: 'measured', id, risks: (error as Error).message });
  }
}

scope.onmessageerror = () => { throw new Error('The module cannot be handed to a worker here.'); };
scope.onmessage = ({ data }) => {
  if (data.type === 'start') {
    module = instantiate(createMinimumCost, data.wasm);
    search = module.then(({ OptimalitySearch }) => new OptimalitySearch());
    search.catch((error) => setTimeout(() => { throw error; })); // so that the page hears of it, and does without
  } else if (data.type === 'flow') {
    lastFlow = data.id;
    void flow(data);
  } else if (data.type === 'risk') {
    asked.set(data.owner, data.id);
    void measure(data);
  } else if (data.type === 'seek') {
    void answer(data);
  } else if (data.type === 'forget') {
    sought.delete(data.id);
  } else {
    last = data.id;
    void prove(data);
  }
};
