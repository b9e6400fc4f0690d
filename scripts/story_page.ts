// The story as a page without scripts, story.html beside the site: its text with a still picture for each
// chapter. Where no script runs, index.html leads to it.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { chapters, sources, type Chapter } from '../web/story/chapters.ts';
import { partsOf } from '../web/story/parts.ts';
import { title } from '../web/ui/words.ts';

const stills = fileURLToPath(new URL('../web/story/stills/', import.meta.url));

const escaped = (text: string): string => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

function html(text: string, numbers: Record<string, string>): string {
  return partsOf(text)
    .map((part) => (part.kind === 'number' ? `<b>${escaped(numbers[part.text] ?? '–')}</b>` : part.kind === 'slanted' ? `<i>${escaped(part.text)}</i>` : escaped(part.text)))
    .join('');
}

function section({ id, title: heading, paragraphs, claims, picture, leavesOut }: Chapter, number: number, still: string, numbers: Record<string, string>): string {
  const known = claims.map(({ mark, text, source }) => {
    const by = source === undefined ? '' : ` · <a href="${sources[source].href}">${sources[source].text}</a>`;
    return `<li><b>${mark}</b> ${html(text, numbers)}${by}</li>`;
  });
  return `<section id="${id}">
<h2>${number} ${escaped(heading)}</h2>
${paragraphs.map((text) => `<p>${html(text, numbers)}</p>`).join('\n')}
<figure><img src="${still}" alt="${escaped(picture)}" loading="lazy"><figcaption>${escaped(picture)} Left out: ${escaped(leavesOut)}.</figcaption></figure>
<ul>${known.join('')}</ul>
</section>`;
}

const style = `:root{color-scheme:light dark;font:18px/1.58 Charter,'Iowan Old Style',Georgia,serif;background:#fdfdfb;color:#1c1f26}
body{max-width:34em;margin:0 auto;padding:16px}h1{font-size:1.6em;line-height:1.2}h2{font-size:1.35em;margin:2em 0 .4em}
figure{margin:16px 0}img{width:100%;height:auto;background:#fdfdfb}figcaption,ul,nav{font:14px/1.45 system-ui,sans-serif}ul{padding-left:0;list-style:none}a{color:#00629a}
section{break-inside:avoid}@media(prefers-color-scheme:dark){:root{background:#14161a;color:#eceae4}a{color:#6bbcec}}`;

export const storyPage: Plugin = {
  name: 'story-page',
  apply: 'build',
  generateBundle(_, bundle) {
    const numbers = JSON.parse(readFileSync(`${stills}numbers.json`, 'utf8')) as Record<string, Record<string, string>>;
    const files = Object.values(bundle);
    const stillOf = (id: string): string => {
      const found = files.find((file) => file.type === 'asset' && file.originalFileNames.some((name) => name.endsWith(`story/stills/${id}.svg`)));
      if (found === undefined) this.error(`There is no still picture of the chapter "${id}": node scripts/stills.mjs makes it.`);
      return `./${found.fileName}`;
    };
    const body = chapters.map((chapter, i) => section(chapter, i + 1, stillOf(chapter.id), numbers[chapter.id] ?? {}));
    const source = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><link rel="icon" href="data:,"><link rel="stylesheet" href="./story.css"></head>
<body><h1>${title}</h1>
<p>The story with still pictures. <a href="./">The page itself</a> computes them, with JavaScript and WebAssembly; then they move.</p>
<main>
${body.join('\n')}
</main></body></html>
`;
    this.emitFile({ type: 'asset', fileName: 'story.html', source });
    this.emitFile({ type: 'asset', fileName: 'story.css', source: style });
  },
};
