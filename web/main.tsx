import { effect } from '@preact/signals';
import { render } from 'preact';
import { App } from './app';
import { scenes } from './scenes/index';
import { readHash } from './state';
import { Page } from './ui/page';
import { watchTips } from './ui/tip';

const app = new App(location.hash, scenes);
document.documentElement.classList.toggle('embed', app.state.value.embed);
const root = document.getElementById('page')!;
root.replaceChildren(); // the shell that was shown while this script was on its way
render(<Page app={app} scenes={scenes} />, root);
watchTips();

// The link follows the state; at most a few times a second, as browsers limit how often it may. A
// scene is a place of its own, to which Back returns.
let waiting = 0;
effect(() => {
  void app.configuration.value;
  void app.state.value;
  clearTimeout(waiting);
  waiting = window.setTimeout(() => {
    if (app.configuration.peek() === 0) return;
    try {
      const scene = app.state.peek().scene;
      if (readHash(location.hash).state.scene === scene) history.replaceState(null, '', `#${app.hash()}`);
      else history.pushState(null, '', `#${app.hash()}`);
    } catch {
      // A document without a URL of its own (an iframe's srcdoc) has no link to keep.
    }
  }, 300);
});
addEventListener('hashchange', () => void app.navigate(location.hash));

addEventListener('keydown', (event) => {
  const target = event.target as Element;
  if (event.key !== ' ' || event.repeat || target.closest('button, input, select, textarea, summary, a')) return;
  event.preventDefault();
  if (app.playing.value) app.pause();
  else app.play();
});

app.start().catch((error: unknown) => {
  app.note.value = `The page could not start: ${error instanceof Error ? error.message : String(error)}`;
});
