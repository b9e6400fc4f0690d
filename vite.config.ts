import { readFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import temml from 'temml';
import { defineConfig, type Plugin } from 'vite';
import { viteSingleFile } from 'vite-plugin-singlefile';
import { compressed } from './scripts/compressed.ts';
import { storyPage } from './scripts/story_page.ts';
import { lead, posterCaption, title, unloaded, unscripted } from './web/ui/words.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** `import m from './formulas.json?mathml'`: a JSON table of TeX becomes a table of MathML.
 *  @param alone of a figure alone, which lights no terms */
function mathml(alone: boolean): Plugin {
  const suffix = '?mathml';
  return {
    name: 'mathml',
    enforce: 'pre',
    load(id) {
      if (!id.endsWith(suffix)) return null;
      const file = id.slice(0, -suffix.length);
      this.addWatchFile(file);
      const formulas = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
      const rendered = Object.entries(formulas).map(([name, tex]) => [
        name,
        // Inline styles would need a looser content security policy.
        temml
          .renderToString(tex, { throwOnError: true, trust: true })
          .replace(/ style="[^"]*"/g, '')
          // A term that lights up what it means in the figure (web/ui/formula.tsx).
          .replace(/ class="t-(\w+)"/g, alone ? '' : ' class="term" data-term="$1" tabindex="0"'),
      ]);
      return { code: `export default ${JSON.stringify(Object.fromEntries(rendered))}`, moduleType: 'js' };
    },
  };
}

/** A module of WebAssembly within a single file: compressed by Zstandard, a fifth smaller than by what
 *  browsers have of their own (web/engine/wasm_bytes.single.ts undoes it). */
const packedModule: Plugin = {
  name: 'packed-module',
  enforce: 'pre',
  load(id) {
    if (!id.endsWith('.wasm?url')) return null;
    const packed = execFileSync('zstd', ['--ultra', '-22', '--stdout', '--quiet', id.slice(0, -'?url'.length)], { maxBuffer: 1 << 26 });
    return { code: `export default 'data:application/wasm+zstd;base64,${packed.toString('base64')}'`, moduleType: 'js' };
  },
};

/** Scales of numbers alone: web/drawing/interpolate.ts says why. */
const numbersAlone: Plugin = {
  name: 'numbers-alone',
  enforce: 'pre',
  resolveId: (source, importer) => (source === 'd3-interpolate' && importer?.includes('/d3-scale/') ? here('web/drawing/interpolate.ts') : null),
};

/** Fills the page's first words and its still figure into its shell. */
const words = (site: boolean): Plugin => ({
  name: 'words',
  transformIndexHtml: (html) =>
    html
      .replaceAll('%TITLE%', title)
      .replaceAll('%LEAD%', lead)
      .replace('%UNLOADED%', site ? `<p class="note" id="unloaded" role="alert" hidden>${unloaded}</p>` : '')
      .replace('%POSTER%', readFileSync(here('web/ui/poster.svg'), 'utf8'))
      .replace('%POSTER_CAPTION%', posterCaption)
      .replace('%STILLS%', site ? `<p>${unscripted}</p>` : ''),
});

/** The site in a frame without an origin (sandbox="allow-scripts"): its style is asked for as by any
 *  page, and a script of the old kind, which needs no leave, tells when the module may not be loaded. */
const sandboxed: Plugin = {
  name: 'sandboxed',
  apply: 'build',
  generateBundle() {
    this.emitFile({ type: 'asset', fileName: 'frame.js', source: readFileSync(here('web/figure/host.js'), 'utf8') });
    this.emitFile({ type: 'asset', fileName: 'shell.js', source: readFileSync(here('web/shell.js'), 'utf8') });
  },
  transformIndexHtml: {
    order: 'post',
    handler: (html) => ({
      html: html.replaceAll('<link rel="stylesheet" crossorigin', '<link rel="stylesheet"'),
      tags: [{ tag: 'script', attrs: { src: './shell.js' }, injectTo: 'head-prepend' }],
    }),
  },
};

/** The element's style sheets stand in its shadow: as text in its code, for a host in place of a page. */
const shadowStyles: Plugin = {
  name: 'shadow-styles',
  enforce: 'post',
  generateBundle(_, bundle) {
    const [name, sheet] = Object.entries(bundle).find(([file]) => file.endsWith('.css')) ?? [];
    const code = Object.values(bundle).find((chunk) => chunk.type === 'chunk' && chunk.code.includes('%FIGURE_STYLES%'));
    if (sheet?.type !== 'asset' || code?.type !== 'chunk') this.error('The element has no style sheet.');
    const text = String(sheet.source).replaceAll(':root', ':host');
    code.code = code.code.replace(/(["'`])%FIGURE_STYLES%\1/, () => JSON.stringify(text));
    delete bundle[name!];
  },
};

// Four builds: the site (dist/, any sub-path, hashed assets); the whole page as a single file
// (dist-single/index.html, everything inlined, opens from file://); and the template of a figure's file
// (dist-figure/figure.html), of which web/ui/figure_file.ts and cli/figure.cpp make standalone figures;
// and the npm package (dist-package/, scripts/package.mjs).
export default defineConfig(({ mode }) => {
  const single = mode === 'single';
  const figure = mode === 'figure';
  const widget = mode === 'widget'; // of the package, for who takes one file alone: MyST, notebooks
  const library = mode === 'package' || widget;
  const inlined = single || figure || library;
  return {
    root: figure ? here('web/figure') : here('.'),
    base: './',
    publicDir: false,
    resolve: {
      alias: [
        { find: '#spawn', replacement: here(inlined ? 'web/engine/spawn.single.ts' : 'web/engine/spawn.site.ts') },
        { find: '#wasm-bytes', replacement: here(inlined ? 'web/engine/wasm_bytes.single.ts' : 'web/engine/wasm_bytes.site.ts') },
        ...(figure || library ? [{ find: /^(\.\.\/points|\.|\.\.\/\.\.\/ui)\/(controls|picker|thumbnails|layers|fields|field_choice|sketches|train_model)$/, replacement: here('web/figure/no_controls.ts') }] : []),
        ...(figure || library ? [{ find: /^(\.\.\/)+engine\/bank$/, replacement: here('web/figure/no_bank.ts') }] : []),
        { find: '#plane-laboratory', replacement: here(figure || library ? 'web/figure/no_laboratory.ts' : 'web/scenes/plane/laboratory_parts.tsx') },
        { find: '#line-laboratory', replacement: here(figure || library ? 'web/figure/no_laboratory.ts' : 'web/scenes/line/laboratory_parts.tsx') },
        { find: '#images-laboratory', replacement: here(figure || library ? 'web/figure/no_laboratory.ts' : 'web/scenes/images/laboratory_parts.tsx') },
        { find: '#digits', replacement: here(figure || library ? 'web/scenes/images/file.figure.ts' : 'web/scenes/images/file.site.ts') },
        // One file holds one module, with all that the two of the site have; a figure goes without risks.
        ...(inlined ? [{ find: /^#denoise\/\w+\.(mjs|wasm)/, replacement: here(`build/wasm/wasm_bindings/${single ? 'whole' : 'figure'}.$1`) }] : []),
        { find: '#denoise', replacement: here('build/wasm/wasm_bindings') },
      ],
    },
    // A module worker fails silently from file:// and in a frame without an origin.
    worker: { format: 'iife' },
    build: {
      target: 'es2022',
      cssTarget: ['chrome123', 'firefox120', 'safari17.5'], // which have light-dark(): in its place a media query would follow the reader's browser alone
      outDir: here(library ? 'dist-package' : figure ? 'dist-figure' : single ? 'dist-single' : 'dist'),
      emptyOutDir: !widget,
      assetsInlineLimit: inlined ? Number.MAX_SAFE_INTEGER : 0,
      modulePreload: inlined ? false : { polyfill: false },
      cssCodeSplit: !library,
      ...(library ? { lib: { entry: widget ? { widget: here('web/package/element.ts') } : ['index', 'loader', 'element'].map((name) => here(`web/package/${name}.ts`)), formats: ['es'] } } : {}),
      rolldownOptions: {
        ...(figure ? { input: here('web/figure/figure.html') } : {}),
        ...(widget ? { output: { codeSplitting: false } } : {}),
        // What the first figure needs is one file: in many it would be compressed worse.
        ...(inlined ? {} : { output: { codeSplitting: { groups: [{ name: 'page', tags: ['$initial'] }] } } }),
      },
    },
    plugins: [
      mathml(figure || library),
      numbersAlone,
      ...(figure || library ? [] : [words(!single)]),
      compressed(),
      ...(inlined ? [packedModule, library ? shadowStyles : viteSingleFile({ removeViteModuleLoader: true })] : [sandboxed, storyPage]),
    ],
  };
});
