import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import temml from 'temml';
import { defineConfig, type Plugin } from 'vite';
import { viteSingleFile } from 'vite-plugin-singlefile';
import { compressed } from './scripts/compressed.ts';
import { storyPage } from './scripts/story_page.ts';
import { lead, posterCaption, title, unloaded, unscripted } from './web/ui/words.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** `import m from './formulas.json?mathml'`: a JSON table of TeX becomes a table of MathML. */
function mathml(): Plugin {
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
        temml.renderToString(tex, { throwOnError: true }).replace(/ style="[^"]*"/g, ''),
      ]);
      return { code: `export default ${JSON.stringify(Object.fromEntries(rendered))}`, moduleType: 'js' };
    },
  };
}

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

// Two builds of one page: the site (dist/, any sub-path, hashed assets) and the
// single file (dist-single/index.html, everything inlined, opens from file://).
export default defineConfig(({ mode }) => {
  const single = mode === 'single';
  return {
    base: './',
    resolve: {
      alias: {
        '#spawn': here(single ? 'web/engine/spawn.single.ts' : 'web/engine/spawn.site.ts'),
        '#denoise': here('build/wasm/wasm_bindings'),
      },
    },
    // A module worker fails silently from file:// and in a frame without an origin.
    worker: { format: 'iife' },
    build: {
      target: 'es2022',
      outDir: single ? 'dist-single' : 'dist',
      assetsInlineLimit: single ? Number.MAX_SAFE_INTEGER : 0,
      modulePreload: { polyfill: false },
      // What the first figure needs is one file: in many it would be compressed worse.
      ...(single ? {} : { rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'page', tags: ['$initial'] }] } } } }),
    },
    plugins: [mathml(), words(!single), compressed(), ...(single ? [viteSingleFile({ removeViteModuleLoader: true })] : [sandboxed, storyPage])],
  };
});
