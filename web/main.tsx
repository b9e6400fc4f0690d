import { effect, signal } from '@preact/signals';
import { render } from 'preact';
import { scenes } from './scenes/index';
import { chapterOf, followAddress } from './store/address';
import { App } from './store/app';
import { watchKeys } from './ui/keys';
import { Page } from './ui/page';
import type { ShownScene } from './ui/scene';
import { followTheme } from './ui/theme';
import { watchTips } from './ui/tip';

followTheme();

/** The chapter of the story that is read; null in the laboratory. */
const chapter = signal(chapterOf(location.hash));
const told = signal<typeof import('./story/index') | null>(null);
/** What the laboratory has besides its scenes. */
const more = signal<typeof import('./ui/laboratory') | null>(null);
const tell = async () => void (told.value ??= await import('./story/index'));

function open(): void {
  const app = new App(told.value?.hashOf(chapter.value!) ?? location.hash, scenes);
  const root = document.getElementById('page')!;

  function Open() {
    if (chapter.value === null) return <Page app={app} scenes={scenes} more={more} />;
    if (told.value !== null) return <told.value.Story app={app} chapter={chapter} />;
    void tell();
    return null;
  }

  // From wherever in the story one leaves it, the laboratory is seen from its top.
  let reading = chapter.value !== null;
  effect(() => {
    if (reading && chapter.value === null) scrollTo(0, 0);
    reading = chapter.value !== null;
  });

  document.documentElement.classList.toggle('embed', app.state.value.embed);
  const draw = () => {
    root.replaceChildren(); // the shell that was shown while this script was on its way
    render(<Open />, root);
  };
  const code = app.shown.code?.();
  if (code === undefined) draw();
  else void code.then(draw, draw); // that it did not come is said when it is prepared
  watchTips();

  watchKeys(app, () => chapter.value !== null);

  const start = (seen?: Promise<void>) =>
    app.start(followAddress(app, chapter), seen).catch((error: unknown) => {
      app.failed.value = true;
      app.note.value = error instanceof Error ? error.message : String(error);
    });
  if (app.state.value.embed) void inFrame(app, root, start);
  else void start();

  // The first figure is on the screen: the story and the rest of the laboratory may come now, so that nothing is fetched later.
  const stop = effect(() => {
    if (app.snapshot.value === null) return;
    setTimeout(() => {
      stop();
      if (!app.state.peek().embed) tell().catch(() => undefined);
      import('./ui/laboratory').then((parts) => (more.value = parts)).catch(() => undefined);
    });
  });
}

/** A figure in an article is drawn at leisure, starts when it is seen, and the page around it may drive it. */
async function inFrame(app: App<ShownScene>, root: HTMLElement, start: (seen: Promise<void>) => Promise<void>): Promise<void> {
  const early: MessageEvent<unknown>[] = [];
  const keep = (event: MessageEvent<unknown>) => void (early.length < mostEarly && early.push(event));
  addEventListener('message', keep);
  const { Driver, Seen, frame } = await import('./figure/driven');
  removeEventListener('message', keep);
  const seen = new Seen(root);
  const driver = new Driver(app, root, seen.now);
  const events = frame(driver, early);
  const first = seen.first();
  await seen.orIdle();
  await start(first);
  driver.watch(events);
  await first;
  if (app.failed.peek() || app.description.peek() === null) return driver.failed();
  await driver.started();
  events.ready?.([]);
}
const mostEarly = 100; // messages of a page that does not wait until the figure is there

// In a task of its own: reading the scripts and the page's first layout are one already.
setTimeout(() => {
  if (chapter.value === null) return open();
  tell().then(open, () => {
    chapter.value = null; // the story did not come: the laboratory is there
    open();
  });
});
