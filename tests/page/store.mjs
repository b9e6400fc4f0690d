// The store with its engine, as main.tsx starts it, without a browser.
import { channels } from './load.mjs';
/** Starts the store at a link. `settled` waits until the training loop has answered to all that was
 *  asked of it so far, and the store has taken it. */
export async function startStore(page, hash = '') {
  const [{ App }, { scenes }, points] = await Promise.all([
    page.load('store/app.ts'),
    page.load('scenes/index.ts'),
    page.load('store/clean_points.ts'),
  ]);
  const app = new App(hash, scenes);
  const before = channels.length;
  await app.start();
  const own = channels.slice(before);
  const settled = async () => {
    await app.engine.value.ask('checksum');
    const { generation } = app.engine.value;
    for (let turn = 0; app.snapshot.value?.generation !== generation || turn < 2; ++turn) {
      await new Promise((wake) => setImmediate(wake));
      if (turn > 0) await app.engine.value.ask('checksum');
    }
  };
  const close = () => {
    app.pause();
    for (const channel of own) {
      channel.port1.close();
      channels.splice(channels.indexOf(channel), 1);
    }
  };
  return { app, ...points, settled, close };
}
