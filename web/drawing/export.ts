// A figure as a file that stands alone: the SVG on the screen with its colours and lines written into
// it, since a file has no style sheet, and beneath it its legend and what it was made from.
const properties = [
  'display',
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-opacity',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'opacity',
  'font-family',
  'font-size',
  'font-style',
  'font-weight',
  'text-anchor',
  'paint-order',
];
const namespace = 'http://www.w3.org/2000/svg';
const forThePage = ['class', 'style', 'tabindex', 'role', 'data-testid', 'data-held', 'data-figure', 'data-key', 'aria-roledescription', 'aria-label', 'aria-hidden'];

/** What stands beneath a figure. */
export interface Beneath {
  lines: readonly string[]; // of small text
  about: string; // for who opens the file: where it comes from
}

type Colours = (colour: string) => readonly [string, number];

/** Any CSS colour as #rrggbb, which every SVG program reads, with its opacity apart. */
function colours(): Colours {
  const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true })!;
  return (colour) => {
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    const [r = 0, g = 0, b = 0, a = 0] = context.getImageData(0, 0, 1, 1).data;
    return [`#${[r, g, b].map((v) => v.toString(16).padStart(2, '0')).join('')}`, a / 255];
  };
}

/** A copy that needs no style sheet. */
function alone(svg: SVGSVGElement, plain: Colours): SVGSVGElement {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const originals = [svg, ...svg.querySelectorAll<SVGElement>('*')];
  const copies = [copy, ...copy.querySelectorAll<SVGElement>('*')];
  copies.forEach((element, i) => {
    const style = getComputedStyle(originals[i]!);
    const parent = i === 0 ? null : getComputedStyle(originals[i]!.parentElement!);
    // All but the opacity is handed down; a colour goes with its own.
    const handed = (name: string): boolean =>
      name === 'opacity' ? style.opacity === '1' : [name, `${name}-opacity`].every((each) => parent?.getPropertyValue(each) === style.getPropertyValue(each));
    for (const name of forThePage) element.removeAttribute(name);
    for (const name of properties) {
      const value = style.getPropertyValue(name);
      if (value === '' || (name === 'display' && value !== 'none')) continue;
      if (name !== 'display' && parent !== null && handed(name.replace(/-opacity$/, ''))) continue;
      if ((name === 'fill' || name === 'stroke') && value !== 'none') {
        const [colour, opacity] = plain(value);
        element.setAttribute(name, colour);
        if (opacity < 1) element.setAttribute(`${name}-opacity`, String(opacity * Number(style.getPropertyValue(`${name}-opacity`))));
      } else if (!element.hasAttribute(name)) element.setAttribute(name, value);
    }
    const blend = style.getPropertyValue('mix-blend-mode'); // which is no attribute of SVG's
    if (blend !== 'normal') element.setAttribute('style', `mix-blend-mode:${blend}`);
  });
  return copy;
}

function made(name: string, attributes: Record<string, string | number>, text = ''): SVGElement {
  const element = document.createElementNS(namespace, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.textContent = text;
  return element;
}

const font = 'system-ui, -apple-system, Segoe UI, Roboto, Helvetica Neue, sans-serif';
const size = 13;
const line = 20;
const edge = 8; // free at both sides
const side = 12; // more, since names of ticks may stand past the figure, and other fonts are wider
const keyWidth = 32;
const stepWidth = 34; // of a scale

/** Words at a place, broken where the width ends. @return how many lines they take */
function paragraph(into: SVGElement, text: string, top: number, width: number, fill: string, small: number): number {
  const context = document.createElement('canvas').getContext('2d')!;
  context.font = `${small}px ${font}`;
  const rows = [''];
  for (const word of text.split(' ')) {
    const longer = rows.at(-1) === '' ? word : `${rows.at(-1)} ${word}`;
    if (context.measureText(longer).width > width - 2 * edge && rows.at(-1) !== '') rows.push(word);
    else rows[rows.length - 1] = longer;
  }
  rows.forEach((row, i) => into.append(made('text', { x: edge, y: top + line * i, fill, 'font-size': small, 'font-family': font }, row)));
  return rows.length;
}

/** The entries of a legend side by side, in as many rows as they need. @return its height */
function drawLegend(into: SVGElement, legend: Element, width: number, plain: Colours): number {
  const context = document.createElement('canvas').getContext('2d')!;
  context.font = `${size}px ${font}`;
  const fill = plain(getComputedStyle(legend).color)[0];
  let [x, y] = [edge, 0];
  const words = (text: string, at: number) => made('text', { x: at, y: y + 14, fill, 'font-size': size, 'font-family': font }, text);
  for (const item of legend.querySelectorAll('li')) {
    const key = item.querySelector<SVGSVGElement>('svg.key');
    const steps = [...item.querySelectorAll<HTMLElement>('.step')];
    const text = [...item.childNodes].filter((node) => !(node as Element).matches?.('.steps')).map((node) => node.textContent).join('').trim();
    const long = (key === null ? 0 : keyWidth) + 1.06 * context.measureText(text).width + steps.length * stepWidth;
    if (x > edge && x + long > width - edge) [x, y] = [edge, y + line];
    if (key !== null) {
      const copy = alone(key, plain);
      copy.setAttribute('x', String(x));
      copy.setAttribute('y', String(y + 3));
      into.append(copy);
    }
    const at = x + (key === null ? 0 : keyWidth);
    into.append(words(text, at));
    steps.forEach((step, i) => {
      const swatch = at + 1.06 * context.measureText(text).width + 8 + stepWidth * i;
      const [colour, opacity] = plain(getComputedStyle(step.querySelector('i')!).backgroundColor);
      into.append(made('rect', { x: swatch, y: y + 1, width: stepWidth, height: 6, fill: colour, 'fill-opacity': opacity }));
      into.append(made('text', { x: swatch, y: y + 17, fill, 'font-size': 10, 'font-family': font }, step.textContent));
    });
    x += long + 20;
  }
  return y + line;
}

/** @param figure on the screen, with the legend that stands beside it; or the text of an SVG file where it is none */
export function svgFile(figure: SVGSVGElement | string, { lines, about }: Beneath = { lines: [], about: '' }): string {
  const legend = typeof figure === 'string' ? null : (figure.closest('main')?.querySelector('.legend') ?? null);
  const plain = colours();
  const drawn = typeof figure === 'string' ? (new DOMParser().parseFromString(figure, 'image/svg+xml').documentElement as unknown as SVGSVGElement) : alone(figure, plain);
  const { width, height } = typeof figure === 'string' ? { width: Number(drawn.getAttribute('width')), height: Number(drawn.getAttribute('height')) } : figure.getBoundingClientRect();
  drawn.setAttribute('width', String(width));
  drawn.setAttribute('height', String(height));
  drawn.setAttribute('overflow', 'visible');
  const around = typeof figure === 'string' ? null : figure.getRootNode();
  const page = getComputedStyle(around instanceof ShadowRoot ? around.host : document.documentElement);
  const [paper] = typeof figure === 'string' ? ['#ffffff'] : plain(page.backgroundColor);
  const [soft] = typeof figure === 'string' ? ['#575c66'] : plain(legend === null ? page.color : getComputedStyle(legend).color);
  const beneath = made('g', { transform: `translate(0,${height + 8})` });
  let below = legend === null ? 0 : drawLegend(beneath, legend, width, plain);
  for (const text of lines) below += line * paragraph(beneath, text, below + 14, width, soft, 11);
  const all = { width: width + 2 * side, height: height + 12 + below };
  const file = made('svg', { ...all, viewBox: `${-side} 0 ${all.width} ${all.height}` });
  file.append(made('desc', {}, about), made('rect', { x: -side, ...all, fill: paper }), drawn, beneath);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(file)}\n`;
}
