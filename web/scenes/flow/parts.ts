// What flows in a scene, and what is known of it at a time: one denoiser or two, on the same starts.
import { computed, type ReadonlySignal } from '@preact/signals';
import { DiffusionModel } from '../../store/diffusion_model';
import type { Commands, Refusal, Signals } from '../../store/signals';
import { heldOf } from '../points/drag';
import { ofData } from '../points/of_data';
import { probeOf } from '../points/probe';
import type { FlowInputs } from './figure';
import { Flow, thresholdOf, type Picture } from './follow';
import { placeAtTime } from './path';
import type { ShownPath } from './path_figure';
import type { Followed } from './path_table';
import { partAt, timeAt, Player } from './player';
import { startEvents, startOf } from './start';

/** Whether the particles flowed among other clean points than those that stand now. */
const isOfOthers = (picture: Picture | null, accepted: number[][]): boolean => picture !== null && JSON.stringify(picture.points) !== JSON.stringify(accepted);

/** The denoiser that was asked for, and the one beside it. */
export type Side = 0 | 1;

/** @param dimension of the clean points */
export function flowParts(store: Signals & Commands, dimension: number) {
  const model = new DiffusionModel();
  const first = new Flow(store, model, { owner: 'flow', dimension, only: false, of: (state) => state });
  /** What the same starts follow beside it: from the same level, whatever its own would be. */
  const second = new Flow(store, model, {
    owner: 'beside',
    dimension,
    only: true,
    of(state) {
      const sigma = state.sigma ?? first.picture.value?.settings.sigma;
      return state.besideOf === 'none' || sigma === undefined ? null : { ...state, flowOf: state.besideOf, sigma };
    },
  });
  const player = new Player();
  const pictures = computed(() => [first, second].flatMap(({ picture: { value } }) => value ?? []));
  const refusal: ReadonlySignal<Refusal | null> = computed(() => first.problem.value ?? second.problem.value ?? store.refusal.value);
  const data = ofData(store, dimension, ({ view, accepted, description }) => ({ view, accepted, description }));
  const threshold = () => {
    const description = store.description.value;
    return description === null ? NaN : thresholdOf(store.state.value, description);
  };
  const time = () => (pictures.value.length === 0 ? 0 : timeAt(pictures.value, player.at.value));
  const start = computed(() => {
    const [picture] = pictures.value;
    const shown = picture !== undefined && store.view.value !== null && store.state.value.layers.includes('path');
    return shown ? startOf(store.state.value.startAt, picture, store.view.value!) : null;
  });
  /** The start's path by a flow, while it is shown. */
  const pathOf = (flow: Flow) =>
    computed((): Followed | null => {
      const picture = flow.picture.value;
      const path = picture === null || start.value === null ? null : flow.pathOf(start.value);
      return path === null ? null : { picture: picture!, path };
    });
  const paths = [pathOf(first), pathOf(second)] as const;
  const shownPath = (side: Side): ShownPath | null => {
    const followed = paths[side].value;
    if (followed === null) return null;
    const from = start.value!;
    return { path: followed.path, start: from, now: placeAtTime(followed.path, time()), events: (plot) => startEvents(store, plot, from) };
  };
  /** Of the noise balls at this time. */
  const radius = (picture: Picture): number => {
    if (picture.which === 'empirical-mmse') return 0;
    const { kind, alpha } = picture.settings;
    return kind === 'score' ? picture.description.radius : alpha! * time();
  };
  const inputs = (side: Side): FlowInputs | null => {
    const flow = side === 0 ? first : second;
    const now = data.value;
    const picture = flow.picture.value;
    if (now === null) return null;
    return {
      view: now.view,
      accepted: now.accepted,
      layers: new Set(store.state.value.layers),
      ...heldOf(store, now.accepted),
      picture,
      radius: picture === null ? 0 : radius(picture),
      at: picture === null ? 0 : partAt(picture, time()),
      span: [0, 1].map((at) => (pictures.value.length === 0 ? at : timeAt(pictures.value, at))) as [number, number],
      stale: flow.problem.value !== null || (flow.working.value && isOfOthers(picture, now.accepted)),
      path: shownPath(side),
      probe: side === 0 ? probeOf(store) : null,
    };
  };
  return { model, first, second, player, pictures, refusal, threshold, time, start, paths, inputs };
}
export type FlowParts = ReturnType<typeof flowParts>;
