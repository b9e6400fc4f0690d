import { useState } from 'preact/hooks';
import { svgFile } from '../drawing/export';
import type { App } from '../store/app';
import { seldom } from '../store/seldom';
import type { ShownScene } from './scene';
import { figureFile } from './figure_file';
import { download } from './download';
import { Tip } from './tip';
import { useUniqueId } from './unique';

interface Props {
  store: App<ShownScene>;
  main: () => SVGSVGElement; // the scene's figure, where it has no file of its own
}

/** A figure as one file to take away. The page that is one file has no template of others beside it. */
export function Standalone({ store, main }: Props) {
  const [anonymous, setAnonymous] = useState(false);
  const [said, setSaid] = useState('');
  const id = useUniqueId('standalone');
  const still = () => store.shown.file?.() ?? svgFile(main());
  const take = async () => {
    try {
      const file = await figureFile({ app: store, scene: store.shown, still: still() }, anonymous);
      download(`denoiser-${store.state.value.scene}.html`, file, 'text/html');
      setSaid(`One file of ${Math.round(new Blob([file]).size / 1000)} kB, which opens from disk.`);
    } catch (error) {
      setSaid((error as Error).message);
    }
  };
  return (
    <div class="buttons standalone">
      <span class="tipped">
        <button type="button" data-testid="download-standalone" disabled={seldom(store, () => store.description.value === null)} aria-describedby={id} onClick={() => void take()}>
          Standalone HTML
        </button>
        <Tip id={id}>This figure as one file, for a paper’s supplement: it trains without a network, and shows this picture where nothing may run. Its template is fetched from this site now.</Tip>
      </span>
      <label>
        <input type="checkbox" data-testid="anonymous" checked={anonymous} onChange={(event) => setAnonymous(event.currentTarget.checked)} /> without names and links
      </label>
      <span class="outcome" role="status">
        {said}
      </span>
    </div>
  );
}
