// What a reader may take away: the figure, its numbers, the run, the command that makes it again, and
// how to cite it. Loaded after the first figure.
import { svgFile } from '../drawing/export';
import { seldom } from '../store/seldom';
import type { Commands, Signals } from '../store/signals';
import { bibtex } from './bibtex';
import { provenanceLine, provenanceOf } from './provenance';
import type { ShownScene } from './scene';
import { csvOf, lossTable, type Table } from './tables';

const pixels = 2; // of the PNG, for one of the SVG

/** An SVG file as a picture. */
async function pngOf(text: string): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(image.width * pixels);
  canvas.height = Math.round(image.height * pixels);
  canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob === null ? reject(new Error('The picture could not be made.')) : resolve(blob)), 'image/png'));
}

/** As a word of a shell. */
const shell = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

interface Props {
  store: Pick<Signals, 'state' | 'engine' | 'description' | 'snapshot' | 'recording' | 'next' | 'trace' | 'readings' | 'optimality' | 'dragging' | 'pace'> & Pick<Commands, 'hash'>;
  scene: Pick<ShownScene, 'file' | 'tables'>;
  main: () => SVGSVGElement; // the scene's figure, where it has no file of its own
  link: () => string;
  name: string; // of files, without an ending
  copy: (what: string, text: string) => Promise<void>;
  save: (name: string, content: string | Blob, type: string) => void;
  say: (sentence: string) => void;
}

export function Take({ store, scene, main, link, name, copy, save, say }: Props) {
  const { known, images } = seldom(store, () => ({ known: store.description.value !== null, images: store.state.value.scene === 'images' }));
  const figure = async (): Promise<string> => {
    const line = provenanceLine(await provenanceOf(store));
    const about = `${line}. ${link()}`;
    return svgFile(scene.file?.() ?? main(), { lines: [line], about });
  };
  const table = async ({ name: what, rows, lacking }: Table) => {
    const content = rows();
    if (content === null) return say(lacking);
    save(`${name}-${what}.csv`, csvOf(content, await provenanceOf(store), link()), 'text/csv');
  };
  const run = async () => {
    const from = await provenanceOf(store);
    const { status, comparison, alignment } = store.readings.value ?? {};
    const moments = store.recording.moments.value;
    const parts = { libdenoise: from, link: link(), experiment: store.description.value!.experiment, status, comparison, optimality: store.optimality.value, alignment, moments };
    save(`${name}-run.json`, `${JSON.stringify({ ...parts, history: JSON.parse(await store.engine.value!.ask('history')) }, null, 1)}\n`, 'application/json');
  };
  const command = async () => {
    const { experiment } = store.description.value!;
    const images = experiment.data.images === undefined ? '' : ` --images ${experiment.data.images.set}=images.idx`;
    await copy('Command', `echo ${shell(JSON.stringify(experiment))} | denoise run${images} - # ${provenanceLine(await provenanceOf(store))}`);
  };
  const tables = [lossTable(store), ...(scene.tables?.() ?? [])];
  return (
    <>
      <div class="buttons" data-testid="take">
        <button type="button" data-testid="download-figure" disabled={!known} onClick={async () => save(`${name}.svg`, await figure(), 'image/svg+xml')}>
          Figure (SVG)
        </button>
        <button type="button" data-testid="download-png" disabled={!known} onClick={async () => save(`${name}.png`, await pngOf(await figure()), 'image/png')}>
          Figure (PNG)
        </button>
        {tables.map((t) => (
          <button key={t.name} type="button" data-testid={`download-${t.name}`} disabled={!known} onClick={() => void table(t)}>
            {t.title} (CSV)
          </button>
        ))}
        <button type="button" data-testid="download-run" disabled={!known} onClick={() => void run()}>
          Run (JSON)
        </button>
        <button type="button" data-testid="copy-command" disabled={!known} onClick={() => void command()}>
          Copy command
        </button>
        <button type="button" data-testid="copy-bibtex" disabled={!known} onClick={async () => copy('BibTeX', bibtex(link(), await provenanceOf(store)))}>
          Copy BibTeX
        </button>
      </div>
      <p class="explained">
        Figures, tables and the run carry the library’s version, the seeds, the step and a checksum of the network’s bits: in a CSV file the lines that begin with #. The
        command runs the same experiment with the program of the library{images ? ', from the images as an IDX file' : ''}.
      </p>
    </>
  );
}
