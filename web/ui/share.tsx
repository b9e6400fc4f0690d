import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { svgFile } from '../drawing/export';
import type { Commands, Signals } from '../store/signals';
import type { ShownScene } from './scene';

export function download(name: string, text: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** The address of what is shown. */
export const linkOf = (store: Pick<Commands, 'hash'>): string => `${location.href.replace(/#.*$/, '')}#${store.hash()}`;

const frameWidth = 720;

interface Props {
  store: Pick<Signals, 'state' | 'description' | 'engine' | 'carried'> & Pick<Commands, 'hash'>;
  scene: Pick<ShownScene, 'file' | 'frameHeight'>;
  main: () => SVGSVGElement; // the scene's figure, where it has no file of its own
  file: (still: () => string) => ComponentChildren; // what makes one file of it, given its picture
}

/** Link, embed code, figure and data of what is shown. */
export function Share({ store, scene, main, file }: Props) {
  const [said, setSaid] = useState('');
  const [text, setText] = useState(''); // what could not be copied, to be copied by hand
  const reference = store.description.value?.reference;
  const anew = () => (store.carried.value ? ' It trains from the initial weights; this network was trained on other data before.' : '');
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
  const figure = () => scene.file?.() ?? svgFile(main());
  const embed = () =>
    `<iframe src="${linkOf(store).replaceAll('&', '&amp;')}&amp;embed" width="${frameWidth}" height="${scene.frameHeight()}" style="border:0" title="A minimum-norm denoiser, trained in the page"></iframe>`;
  return (
    <fieldset class="share">
      <legend>Share</legend>
      <div class="buttons">
        <button type="button" data-testid="copy-link" onClick={() => void copy('Link', linkOf(store))}>
          Copy link
        </button>
        <button type="button" data-testid="copy-embed" onClick={() => void copy('Embed code', embed())}>
          Copy embed code
        </button>
        <button type="button" data-testid="download-figure" onClick={() => download(`${name()}.svg`, figure(), 'image/svg+xml')}>
          Figure (SVG)
        </button>
        <button
          type="button"
          data-testid="download-experiment"
          disabled={store.description.value === null}
          onClick={() => download(`${name()}.json`, `${JSON.stringify(store.description.value!.experiment, null, 2)}\n`, 'application/json')}
        >
          Experiment (JSON)
        </button>
        <button
          type="button"
          data-testid="download-network"
          disabled={store.description.value === null}
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
      {file(figure)}
      <p class="said" role="status">
        {said}
      </p>
      {text !== '' && <textarea readOnly rows={3} aria-label="Text to copy" value={text} onFocus={(event) => event.currentTarget.select()} />}
    </fieldset>
  );
}
