// A figure as one file, made of the template that is built of web/figure/ (the command makes the same in
// cli/figure.cpp).
import { signal } from '@preact/signals';
import type { App } from '../store/app';
import { viewPart } from '../store/document';
import type { ShownScene } from './scene';
import { resultSentence } from './sentences';

/** Text as HTML. */
const escaped = (text: string): string => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

/** JSON within a script element, which must not end there. */
const json = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');

const credit =
  '<p class="credit">The theory: Zeno, Ongie, Blumenfeld, Weinberger, Soudry, ' +
  '<a href="https://arxiv.org/abs/2311.06748">How do minimum-norm shallow denoisers look in function space?</a> NeurIPS 2023. ' +
  'The figure: libdenoise.</p>';

/** @throws Error in a sentence, where there is no template */
async function template(): Promise<string> {
  const answer = await fetch(new URL('./figure.html', document.baseURI)).catch(() => undefined);
  const text = answer?.ok ? await answer.text() : '';
  if (!text.includes('<!--figure:document-->')) throw new Error('The file’s template, figure.html beside this page, could not be loaded.');
  return text;
}

interface Shows {
  app: Pick<App, 'state' | 'description' | 'links' | 'hash'>;
  scene: Pick<ShownScene, 'carried'>;
  still: string; // the figure as an SVG file
}

/** @param anonymous leaves out every name and link */
export async function figureFile({ app, scene, still }: Shows, anonymous: boolean): Promise<string> {
  const shown = app.state.value;
  const { experiment, count, radius } = app.description.value!;
  const carried = await scene.carried?.();
  const view = viewPart(app.links, app.hash());
  const described = { description: app.description, state: signal({ ...shown, anonymous }) };
  const parts: Record<string, string> = {
    title: `A minimum-norm denoiser: ${shown.scene}`,
    still: still.replace(/^<\?xml[^>]*>\s*/, ''),
    caption: escaped(`A network in training beside the denoiser of ${count} clean points, of noise radius ${Number(radius.toPrecision(4))}. ${resultSentence(described)}`),
    credit: anonymous ? '' : credit,
    document: json({ version: 1, experiment, view, anonymous, carried }),
  };
  return (await template()).replace(/<!--figure:(\w+)-->/g, (_, name: string) => parts[name] ?? '');
}
