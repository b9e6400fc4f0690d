import { render } from 'preact';
import { scenes } from './scenes/index';
import { followAddress } from './store/address';
import { App } from './store/app';
import { watchKeys } from './ui/keys';
import { Page } from './ui/page';
import { watchTips } from './ui/tip';

const app = new App(location.hash, scenes);
document.documentElement.classList.toggle('embed', app.state.value.embed);
const root = document.getElementById('page')!;
const draw = () => {
  root.replaceChildren(); // the shell that was shown while this script was on its way
  render(<Page app={app} scenes={scenes} />, root);
};
const code = app.shown.code?.();
if (code === undefined) draw();
else void code.then(draw, draw); // that it did not come is said when it is prepared
watchTips();

watchKeys(app);

app.start(followAddress(app)).catch((error: unknown) => {
  app.failed.value = true;
  app.note.value = error instanceof Error ? error.message : String(error);
});
