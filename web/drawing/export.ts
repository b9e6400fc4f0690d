// A figure as a file: the SVG on the screen with its colours and lines written into it, since a
// file has no style sheet.
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
  'mix-blend-mode',
];

/** Any CSS colour as #rrggbb, which every SVG program reads, with its opacity apart. */
function plain(colour: string, context: CanvasRenderingContext2D): [string, number] {
  context.clearRect(0, 0, 1, 1);
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  const [r = 0, g = 0, b = 0, a = 0] = context.getImageData(0, 0, 1, 1).data;
  return [`#${[r, g, b].map((v) => v.toString(16).padStart(2, '0')).join('')}`, a / 255];
}

export function svgFile(svg: SVGSVGElement): string {
  const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true })!;
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const { width, height } = svg.getBoundingClientRect();
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  const originals = [svg, ...svg.querySelectorAll<SVGElement>('*')];
  const copies = [copy, ...copy.querySelectorAll<SVGElement>('*')];
  copies.forEach((element, i) => {
    const style = getComputedStyle(originals[i]!);
    for (const name of properties) {
      const value = style.getPropertyValue(name);
      if (value === '' || (name === 'display' && value !== 'none')) continue;
      if ((name === 'fill' || name === 'stroke') && value !== 'none') {
        const [colour, opacity] = plain(value, context);
        element.setAttribute(name, colour);
        if (opacity < 1) element.setAttribute(`${name}-opacity`, String(opacity * Number(style.getPropertyValue(`${name}-opacity`))));
      } else if (!element.hasAttribute(name)) element.setAttribute(name, value);
    }
    for (const name of ['class', 'tabindex', 'role', 'data-testid', 'data-held', 'data-figure', 'aria-roledescription', 'aria-label']) element.removeAttribute(name);
  });
  const paper = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  paper.setAttribute('width', '100%');
  paper.setAttribute('height', '100%');
  paper.setAttribute('fill', plain(getComputedStyle(document.documentElement).backgroundColor, context)[0]);
  copy.prepend(paper);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(copy)}\n`;
}
