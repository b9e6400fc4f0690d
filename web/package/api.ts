// The package's functions, over a module that is loaded when the first of them is called. Each has a
// session of its own: any number may be at work at once.
import type { AlignmentReport, Comparison, Description, Network, Session, Which } from '../denoise';
import type { MinimumCostResult, MinimumCostSolver } from '../minimum_cost';
import { weightsOf } from '../engine/weights';
import type { Choices, Denoise, Document, Module, TrainingChoices } from './types/api';

const sliceMs = 12;
const work = 2e7; // operations of a search, some 10 ms

type Sought<T> = Pick<MinimumCostSolver, 'begin' | 'advance' | 'delete'> & { result(): T };

const breathe = () => new Promise<void>((wake) => setTimeout(wake));

const textOf = (experiment: Document): string => (typeof experiment === 'string' ? experiment : JSON.stringify({ ...experiment, version: experiment?.version === undefined ? 1 : experiment.version }));

/** Hands the session what its description says is still to be sought. */
async function seek(session: Session, description: Description, module: Module, signal?: AbortSignal): Promise<void> {
  const points = session.cleanPoints().slice();
  if (description.searching === 'minimum-cost') session.takeMinimumCost(await search(new module.MinimumCostSolver(), points, description, signal));
  if (description.searching === 'split-ramp') session.takeSplitRamps((await search(new module.SplitRampSolver(), points, description, signal)).slice());
}

/** What ends training with weight decay, where the library says so. @return its certified gap */
async function refit(session: Session, { dimension, experiment }: Description, module: Module, signal?: AbortSignal): Promise<number> {
  const own = new module.OptimalitySearch();
  try {
    own.begin(session.cleanPoints().slice(), session.samples().slice(), dimension, weightsOf(networkOf(session, 'trained')), experiment.training!.weight_decay!);
    while (own.advance()) {
      await breathe();
      signal?.throwIfAborted();
    }
    return session.takeOptimality(own.result());
  } finally {
    own.delete();
  }
}

/** Advances to rest, in slices. @return the gap of a refit; null where there is none */
async function run(session: Session, description: Description, module: Module, { progress, signal }: TrainingChoices): Promise<number | null> {
  session.startTraining();
  let samples = 32; // until the speed is known
  let told = performance.now();
  while (session.trainingStatus().rest === '') {
    const start = performance.now();
    session.advance(samples);
    const now = performance.now();
    samples = Math.round(Math.min(1e7, Math.max(1, (samples * sliceMs) / Math.max(now - start, 0.05) / 2 + samples / 2)));
    if (now - told > 200) {
      progress?.(session.trainingStatus());
      told = now;
    }
    await breathe();
    signal?.throwIfAborted();
  }
  session.measure();
  const gap = description.refits && session.trainingStatus().rest !== 'diverged' ? await refit(session, description, module, signal) : null;
  progress?.(session.trainingStatus());
  return gap;
}

/** To its end, between frames; then the solver is gone. */
async function search<T>(solver: Sought<T>, points: Float64Array, { dimension, radius }: Description, signal?: AbortSignal): Promise<T> {
  try {
    solver.begin(points, dimension, radius);
    while (solver.advance(work)) {
      await breathe();
      signal?.throwIfAborted();
    }
    return solver.result();
  } finally {
    solver.delete();
  }
}

const networkOf = (session: Session, which: Which) => JSON.parse(session.network(which)) as Network;

const refusal = (where: string, message: string) => Object.assign(new Error(message), { name: 'DenoiseError', where });

/** @param module loads it; asked again where that failed */
export function denoise(module: () => Promise<Module>): Denoise {
  async function study<T>(experiment: Document, choices: Choices | null | undefined, use: (session: Session, description: Description, module: Module, signal?: AbortSignal) => T | Promise<T>): Promise<T> {
    const text = textOf(experiment); // as it is now, whatever becomes of it while the module is loaded
    const signal = choices?.signal;
    signal?.throwIfAborted();
    const loaded = await module();
    signal?.throwIfAborted();
    const session = new loaded.Session();
    try {
      return await use(session, JSON.parse(session.configure(text)) as Description, loaded, signal);
    } finally {
      session.delete();
    }
  }
  return {
    closedForm: (experiment) =>
      study(experiment, null, (session, { closed_form, reason }) => {
        if (closed_form === null) throw refusal('denoiser.kind', reason);
        return { ...closed_form, network: networkOf(session, 'closed-form') };
      }),
    train: (experiment, choices) =>
      study(experiment, choices, async (session, description, loaded, signal) => {
        await seek(session, description, loaded, signal);
        const gap = await run(session, description, loaded, choices ?? {});
        return {
          gap,
          status: session.trainingStatus(),
          network: networkOf(session, 'trained'),
          comparison: JSON.parse(session.comparison()) as Comparison | null,
          checksum: session.checksum(),
        };
      }),
    minimumCost: (experiment, choices) =>
      study(
        experiment,
        choices,
        async (session, description, loaded, signal) => JSON.parse(await search(new loaded.MinimumCostSolver(), session.cleanPoints().slice(), description, signal)) as MinimumCostResult,
      ),
    alignment: (experiment, choices) =>
      study(experiment, choices, async (session, description, loaded, signal) => {
        const which = description.experiment.denoiser?.kind ?? 'closed-form';
        if (which === 'trained') await run(session, description, loaded, { signal });
        else await seek(session, description, loaded, signal);
        return JSON.parse(session.alignment(which)) as AlignmentReport;
      }),
    Session: { create: async () => new (await module()).Session() },
  };
}

/** Keeps what was loaded; where that failed, the next call tries again. */
export function kept(load: () => Promise<Module>): () => Promise<Module> {
  let loading: Promise<Module> | null = null;
  return () =>
    (loading ??= load().catch((error: unknown) => {
      loading = null;
      throw error instanceof Error ? error : new Error(String(error));
    }));
}
