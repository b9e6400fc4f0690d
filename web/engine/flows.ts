// Particles that flow, followed in slices between frames by the module that is loaded after the first
// figure.
import type { FlowResult, Flows, FlowSettings } from '../minimum_cost';

const sliceMs = 10;
const particlesThere = 2; // FlowStage from which on paths and result are there
const done = 4;

/** What became of them. */
export interface Followed {
  frames: number;
  particles: number;
  paths: Float64Array; // frame by frame, particle by particle, d numbers each
  result: FlowResult;
  basins: Float64Array | null; // see Flows.basins(); null: not asked for, or not there yet
}

/** Follows particles; where `wanted` no longer holds the rest is dropped. `show` is given what is there:
 *  the particles first, then all. Throws DenoiseError.
 *  @param networks JSON, as Flows.begin() takes them */
export async function follow(
  flows: Flows,
  points: Float64Array,
  dimension: number,
  settings: FlowSettings,
  networks: string,
  wanted: () => boolean,
  show: (followed: Followed) => void,
): Promise<void> {
  flows.begin(points, dimension, JSON.stringify(settings), networks);
  const frames = settings.frames!;
  let shown = false;
  for (;;) {
    const until = performance.now() + sliceMs;
    let stage = 0;
    do stage = flows.advance();
    while (stage < done && performance.now() < until);
    if (stage === done || (stage > particlesThere && !shown)) {
      shown = true;
      const paths = flows.paths().slice();
      const basins = stage === done && settings.nodes ? flows.basins().slice() : null;
      const result = JSON.parse(flows.result()) as FlowResult;
      show({ frames, particles: paths.length / (frames * dimension), paths, result, basins });
    }
    if (stage === done) return;
    await new Promise((wake) => setTimeout(wake));
    if (!wanted()) return;
  }
}
