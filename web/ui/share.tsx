import type { ComponentProps } from 'preact';
import { useState } from 'preact/hooks';
import type { App } from '../store/app';
import { download } from './download';
import { seldom } from '../store/seldom';
import { linkOf } from './link_of';
import type { ShownScene } from './scene';
import { Standalone } from './standalone';
import { Take } from './take';

const frameWidth = 720;

type TakeProps = ComponentProps<typeof Take>;

interface Props {
  store: App<ShownScene>;
  scene: ShownScene;
  main: TakeProps['main'];
}

/** Link, embed code, figure and data of what is shown. Loaded after the first figure. */
export function Share({ store, scene, main }: Props) {
  const [said, setSaid] = useState('');
  const [text, setText] = useState(''); // what could not be copied, to be copied by hand
  const { known, reference } = seldom(store, () => ({ known: store.description.value !== null, reference: store.description.value?.reference }));
  const anew = () => {
    const trained = store.carried.value ? ' It trains from the initial weights; this network was trained on other data before.' : '';
    const unlinked = scene.unlinked?.() ?? '';
    return unlinked === '' ? trained : `${trained} ${unlinked}`;
  };
  const copy = async (what: string, value: string) => {
    try {
      await navigator.clipboard.writeText(value);
      setText('');
      setSaid(`${what} copied.${anew()}`);
    } catch {
      setText(value);
      setSaid(`${what}, to be copied from here.${anew()}`);
    }
  };
  const name = () => `denoiser-${store.state.value.scene}`;
  const embed = () =>
    `<iframe src="${linkOf(store).replaceAll('&', '&amp;')}&amp;embed" width="${frameWidth}" height="${scene.frameHeight()}" style="border:0;max-width:100%" title="A minimum-norm denoiser, trained in the page"></iframe>`;
  return (
    <fieldset class="share">
      <legend>Take away</legend>
      <div class="buttons">
        <button type="button" data-testid="copy-link" onClick={() => void copy('Link', linkOf(store))}>
          Copy link
        </button>
        <button type="button" data-testid="copy-embed" onClick={() => void copy('Embed code', embed())}>
          Copy embed code
        </button>
        <button
          type="button"
          data-testid="download-experiment"
          disabled={!known}
          onClick={() => download(`${name()}.json`, `${JSON.stringify(store.description.value!.experiment, null, 2)}\n`, 'application/json')}
        >
          Experiment (JSON)
        </button>
        <button
          type="button"
          data-testid="download-network"
          disabled={!known}
          onClick={async () => download(`${name()}-network.json`, await store.engine.value!.ask('network'), 'application/json')}
        >
          Network (JSON)
        </button>
        <button
          type="button"
          data-testid="download-closed-form"
          disabled={!reference}
          onClick={() => download(`${name()}-${reference!.kind}.json`, store.engine.value!.network(reference!.kind), 'application/json')}
        >
          {reference?.kind === 'minimum-cost' ? 'Minimum cost' : 'Closed form'} (JSON)
        </button>
      </div>
      <Take store={store} scene={scene} main={main} link={() => linkOf(store)} name={name()} copy={copy} save={download} say={setSaid} />
      {import.meta.env.MODE !== 'single' && <Standalone store={store} main={main} />}
      <p class="said" role="status">
        {said}
      </p>
      {text !== '' && <textarea readOnly rows={3} aria-label="Text to copy" value={text} onFocus={(event) => event.currentTarget.select()} />}
    </fieldset>
  );
}
