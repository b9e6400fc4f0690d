// The page. Hooks for tests are data-testid attributes, and they stay:
//   readouts   steps, steps-per-second, loss, residual, cost, formula-cost, sup-distance,
//              sup-relative; each also has the exact number in data-value ('' while unknown)
//   texts      badge, note, caption (with .leaves-out), status; error-<control> for a refused value
//   recording  moment, play-again, pace, events; headline, at
//   own data   file, opened; compare: keep, drop-A, compare-<number>-<run>
//   pins       pin, pin-0 (in the figure), pin-name-0, pin-at-0, unpin-0; risk, risk-sigma, risk-<denoiser>
//   formula    term-<what>, term-ramps-0; presets as pictures: sketch-<preset>
//   buttons    play, step, reset, new-seed, add-point, remove-point, undo, redo, copy-link, copy-embed,
//              download-standalone, anonymous,
//              download-figure, download-png, download-experiment, download-network, download-closed-form,
//              download-run, download-<table>, copy-command, copy-bibtex
//   controls   preset, points, noise, radius, level, samples, noise-seed, method, lambda, rate,
//              width, schedule, seed, field, heat, layer-<name>; a number's slider is <name>-slider
//   window     zoom-in, zoom-out, look-left, look-right, look-up, look-down, look-whole
//   figures    point-0, point-1, ... ; scene-line, scene-plane, scene-flow, scene-images
//   flow       space, flow, flow-of, flow-beside, sigma, alpha, sampler-steps, sampler, levels, particles,
//              flow-seed, threshold, train-model; start, path, path-now; flow-play, flow-time, flow-now; ends, end-<class>, following
import { untracked, useComputed, type ReadonlySignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { App } from '../store/app';
import { seldom } from '../store/seldom';
import type { Commands, Signals } from '../store/signals';
import type { SceneName } from '../store/state';
import { Controls } from './controls';
import { Parts } from './parts';
import type { Scene, ShownScene } from './scene';
import { linkOf } from './link_of';
import { Shown } from './shown';
import { lead, title } from './words';

type Scenes = Readonly<Record<SceneName, Scene>>;

function Header({ store, scenes }: { store: Pick<Signals, 'state' | 'description' | 'dragging' | 'pace'> & Pick<Commands, 'show' | 'hash'>; scenes: Scenes }) {
  const scene = useComputed(() => store.state.value.scene).value;
  return (
    <header class="top">
      <h1>{title}</h1>
      <p>{lead}</p>
      <Parts app={store} />
      <nav class="scenes" aria-label="Scenes">
        {Object.entries(scenes).filter(([, { under }]) => under === undefined).map(([name, each]) => (
          <button
            key={name}
            type="button"
            data-testid={`scene-${name}`}
            aria-current={name === (scenes[scene]!.under ?? scene) ? 'page' : undefined}
            onClick={() => void store.show(name)}
          >
            {each.title}
          </button>
        ))}
      </nav>
    </header>
  );
}

/** The link from an embedded page to the whole one. */
const Whole = ({ app }: { app: App<ShownScene> }) => (
  <a class="open" href={`#${seldom(app, () => app.hash()).replace(/&embed$|&embed(?=&)/, '')}`} target="_blank" rel="noopener">
    Open with its controls
  </a>
);

/** @param more what is loaded after the first figure */
export function Page({ app, scenes, more }: { app: App<ShownScene>; scenes: Scenes; more: ReadonlySignal<typeof import('./laboratory') | null> }) {
  const main = useRef<HTMLElement>(null);
  // Of the state only this, so that a point that is dragged does not render the page anew.
  const name = useComputed(() => app.state.value.scene).value;
  const embed = useComputed(() => app.state.value.embed).value;
  const anonymous = useComputed(() => app.state.value.anonymous).value;
  const scene = scenes[name]!;
  const shown = untracked(() => app.shown);
  const parts = more.value;
  return (
    <>
      {!embed && <Header store={app} scenes={scenes} />}
      <div class={`layout ${name} ${scene.look ?? ''}`}>
        <main ref={main}>
          {embed && <h1 class="unseen">A minimum-norm denoiser: {scene.title.toLowerCase()}</h1>}
          <Shown app={app} embed={embed} />
          {!embed && shown.Compare !== undefined && <shown.Compare />}
          {!embed && <div class="share-place">{parts !== null && <parts.Share store={app} scene={shown} main={() => main.current!.querySelector<SVGSVGElement>('svg[data-figure]')!} />}</div>}
          {parts !== null && <parts.OnPaper store={app} scene={scene} address={() => linkOf(app)} />}
        </main>
        {!embed && <Controls store={app} scene={shown} offersHull={scene.offersHull === true} own={parts !== null && <parts.OwnData store={app} />} />}
      </div>
      <footer>
        {embed ? !anonymous && <Whole app={app} /> : (
          <p>
            Zeno, Ongie, Blumenfeld, Weinberger, Soudry,{' '}
            <a href="https://arxiv.org/abs/2311.06748">How do minimum-norm shallow denoisers look in function space?</a> NeurIPS 2023.
            Zeno, Manor, Ongie, Weinberger, Michaeli, Soudry,{' '}
            <a href="https://arxiv.org/abs/2506.19031">When diffusion models memorize</a>, ICML 2025. Everything runs in this page;
            nothing is sent anywhere. Space trains and pauses; arrow keys move a point, Delete removes it; double click adds one.
          </p>
        )}
      </footer>
    </>
  );
}
