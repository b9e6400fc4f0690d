// The npm package, in dist-package/: what `vite build --mode package` made, its types, and its manifest.
// `npm run build:package` calls it and packs libdenoise-<version>.tgz there.
import { copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const out = (path) => here(`dist-package/${path}`);
const { version, description, license } = JSON.parse(readFileSync(here('package.json'), 'utf8'));

mkdirSync(out('types'), { recursive: true });
// As node resolves them: relative, with an extension.
const resolved = (text) => text.replaceAll("'../../", "'./").replace(/(from '\.\/\w+)'/g, "$1.js'");
for (const folder of ['web', 'web/package/types']) {
  for (const file of readdirSync(here(folder)).filter((name) => /^(?!env).*\.d\.ts$/.test(name))) {
    writeFileSync(out(`types/${file}`), resolved(readFileSync(here(`${folder}/${file}`), 'utf8')));
  }
}
copyFileSync(here('build/wasm/wasm_bindings/figure.wasm'), out('denoise.wasm'));
copyFileSync(here('LICENSE'), out('LICENSE'));
copyFileSync(here('web/package/README.md'), out('README.md'));

const entry = (name) => ({ types: `./types/${name}.d.ts`, default: `./${name}.js` });
const manifest = {
  name: 'libdenoise',
  version,
  description: 'Minimum-norm shallow ReLU denoisers: closed forms, certified least costs, training, and a live figure',
  license,
  type: 'module',
  sideEffects: ['./element.js', './widget.js'],
  main: './index.js',
  types: './types/index.d.ts',
  exports: { '.': entry('index'), './loader': entry('loader'), './element': entry('element'), './widget': { types: './types/element.d.ts', default: './widget.js' }, './denoise.wasm': './denoise.wasm', './custom-elements.json': './custom-elements.json', './package.json': './package.json' },
  customElements: 'custom-elements.json',
  files: ['*.js', 'denoise.wasm', 'types', 'custom-elements.json'],
  engines: { node: '>=18' },
};
writeFileSync(out('package.json'), `${JSON.stringify(manifest, null, 2)}\n`);

const text = (value) => ({ text: value });
const method = (name, about, result = 'void') => ({ kind: 'method', name, description: about, return: { type: text(result) } });
const event = (name, about, type = 'CustomEvent<Progress>') => ({ name, description: about, type: text(type) });
const element = {
  kind: 'class',
  name: 'MinimumNormDenoiser',
  customElement: true,
  tagName: 'minimum-norm-denoiser',
  description: 'A network in training beside the denoiser of least cost, in the reader’s browser.',
  superclass: { name: 'HTMLElement' },
  attributes: [
    { name: 'experiment', type: text('string'), description: 'The experiment document, version 1, as JSON.', fieldName: 'experiment' },
    { name: 'view', type: text('string'), description: 'Keys of a link that an experiment has not, such as "scene=flow" or "play".' },
    { name: 'anonymous', type: text('boolean'), description: 'Leaves out names.' },
    { name: 'theme', type: text('"light" | "dark"'), description: 'Pins the colours; without it they follow the color-scheme of what it stands in.' },
  ],
  members: [
    { kind: 'field', name: 'experiment', type: text('object | string | null'), description: 'The document, or its text.' },
    method('play', 'Trains; where training rests, goes on or begins anew.'),
    method('pause', 'Holds training where it is.'),
    method('step', 'Takes one training step.'),
    method('reset', 'Back to the same initial weights.'),
    method('result', 'What is shown, as numbers.', 'Promise<FigureResult>'),
    method('svg', 'The figure as the text of an SVG file.', 'Promise<string>'),
  ],
  events: [
    event('ready', 'The figure is there.', 'CustomEvent<Shown>'),
    event('shown', 'Another experiment is there, after ready.', 'CustomEvent<Shown>'),
    event('progress', 'A few times a second while it trains.'),
    event('converged', 'Training rests: it has converged.'),
    event('unconverged', 'Training rests without having converged.'),
    event('diverged', 'Training rests: it diverged.'),
    event('error', 'A sentence: what was refused, or why nothing is computed.', 'CustomEvent<string>'),
  ],
};
const declaration = { name: 'MinimumNormDenoiser', module: 'element.js' };
const elements = {
  schemaVersion: '1.0.0',
  modules: [
    {
      kind: 'javascript-module',
      path: 'element.js',
      declarations: [element],
      exports: [
        { kind: 'js', name: 'MinimumNormDenoiser', declaration },
        { kind: 'custom-element-definition', name: 'minimum-norm-denoiser', declaration },
      ],
    },
  ],
};
writeFileSync(out('custom-elements.json'), `${JSON.stringify(elements, null, 2)}\n`);
