import { render } from 'preact';
import { App } from './app';
import { scenes } from './scenes/index';
import './style.css';
import { Page } from './ui/page';

const app = new App(location.hash, scenes);
render(<Page app={app} scenes={scenes} />, document.getElementById('page')!);
app.start().catch((error: unknown) => {
  app.note.value = `The page could not start: ${error instanceof Error ? error.message : String(error)}`;
});
