// The story's figure, driven from outside: when it has come to rest, and as a file of its own.

/** Opens the story. @return its chapters */
export async function chaptersOf(page, address) {
  await page.goto(address);
  await page.locator('.chapter').first().waitFor();
  return page.locator('.chapter').evaluateAll((sections) => sections.map(({ id }) => id.replace('story=', '')));
}

/** Goes to this chapter by the list, and waits until the figure shows this chapter, and nothing in it or in the chapter's text is on its way. */
export async function readTo(page, id) {
  await page.locator(`.contents a[href="#story=${id}"]`).click();
  await page.waitForFunction(
    (chapter) => {
      const figure = document.querySelector('[data-testid=story-figure]');
      if (figure?.dataset.shows !== chapter) return false;
      const text = document.querySelector(`[data-testid=chapter-${chapter}]`);
      const trains = text.querySelector('[data-testid=story-train], [data-testid=story-free]') !== null || figure.querySelector('.pictures') !== null;
      if (trains && figure.dataset.rest === '') return false;
      if ([...text.querySelectorAll('.words > p .live')].some((number) => number.textContent === '–')) return false;
      const play = figure.querySelector('[data-testid=flow-play]');
      return play === null || play.textContent === 'Play again';
    },
    id,
    { timeout: 120_000, polling: 100 },
  );
  await page.waitForTimeout(400);
}

/** In the page: the figure as an SVG file with its colours in it, as few bytes as will do. */
export function stillFigure() {
  const scene = document.querySelector('[data-testid=story-figure] .scene');
  const paper = getComputedStyle(document.documentElement).backgroundColor;
  const short = (text) => text.replace(/-?\d+\.\d+/g, (number) => String(Number(Number(number).toFixed(1))));
  /** Lines of many points without those that lie on them, to half a pixel. */
  const straight = (d) =>
    d.replace(/M[-\d.,L]+/g, (line) => {
      const points = line.slice(1).split('L').map((pair) => pair.split(',').map(Number));
      const kept = [points[0]];
      for (let i = 1, from = 0; i < points.length; ++i) {
        const [ax, ay] = points[from];
        const next = points[i + 1];
        const on = next !== undefined && points.slice(from + 1, i + 1).every(([x, y]) => Math.abs((next[0] - ax) * (y - ay) - (next[1] - ay) * (x - ax)) < 0.5 * Math.hypot(next[0] - ax, next[1] - ay));
        if (!on) kept.push(points[(from = i)]);
      }
      return `M${kept.map((pair) => pair.join()).join('L')}`;
    });
  const escape = (text) => text.replace(/[&<>]/g, (c) => `&#${c.charCodeAt(0)};`);
  const wrap = (width, height, inner) =>
    `<svg xmlns="http://www.w3.org/2000/svg" width="${Math.ceil(width)}" height="${Math.ceil(height)}" viewBox="0 0 ${Math.ceil(width)} ${Math.ceil(height)}" font-family="sans-serif"><rect width="100%" height="100%" fill="${paper}"/>${inner}</svg>\n`;

  const pictures = scene.querySelector('.pictures');
  if (pictures !== null) {
    const frame = pictures.getBoundingClientRect();
    const images = [...pictures.querySelectorAll('canvas')].map((canvas) => {
      const { left, top, width, height } = canvas.getBoundingClientRect();
      return `<image x="${short(String(left - frame.left))}" y="${short(String(top - frame.top))}" width="${width}" height="${height}" style="image-rendering:pixelated" href="${canvas.toDataURL()}"/>`;
    });
    const texts = [];
    const walker = document.createTreeWalker(pictures, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      if (node.textContent.trim() === '' || node.parentElement.closest('button, .unseen, .tip, .key') || !node.parentElement.checkVisibility()) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const { left, bottom } = range.getClientRects()[0];
      const { color, fontSize } = getComputedStyle(node.parentElement);
      texts.push(`<text x="${short(String(left - frame.left))}" y="${short(String(bottom - frame.top - 4))}" font-size="${fontSize}" fill="${color}">${escape(node.textContent)}</text>`);
    }
    return wrap(frame.width, frame.height, images.join('') + texts.join(''));
  }

  const initial = { fill: 'rgb(0, 0, 0)', 'fill-opacity': '1', stroke: 'none', 'stroke-width': '1px', 'stroke-opacity': '1', 'stroke-dasharray': 'none', 'stroke-linecap': 'butt', opacity: '1', 'font-size': '16px', 'font-style': 'normal', 'font-weight': '400', 'text-anchor': 'start', 'paint-order': 'normal' };
  const ofText = new Set(['font-size', 'font-style', 'font-weight', 'text-anchor', 'paint-order']);
  const kept = new Set(['d', 'x', 'y', 'x1', 'x2', 'y1', 'y2', 'cx', 'cy', 'r', 'width', 'height', 'transform', 'dy', 'id', 'clip-path', 'points']);
  // Of hundreds of thin lines no one sees a part of a pixel.
  const drawn = (element, d) => (element.closest('.trails') ? d.replace(/\d+\.\d+/g, (number) => String(Math.round(Number(number)))) : d);
  const written = (element) => {
    const style = getComputedStyle(element);
    if (style.display === 'none' || style.visibility === 'hidden' || element.matches('.hit, .focus, title')) return { styles: '', text: '' };
    const name = element.localName;
    const own = [...element.attributes].filter((a) => kept.has(a.name) && !(name === 'g' && a.name === 'id')).map((a) => ` ${a.name}="${a.name === 'id' || a.name === 'clip-path' ? a.value : a.name === 'd' ? drawn(element, straight(short(a.value))) : short(a.value)}"`);
    const text = name === 'text' || name === 'tspan';
    const styles = [];
    if (!['g', 'clipPath', 'svg'].includes(name)) {
      for (const [property, value] of Object.entries(initial)) {
        if ((ofText.has(property) && !text) || (name === 'tspan' && property !== 'font-weight')) continue;
        const now = style.getPropertyValue(property);
        if (now !== value && !(property.startsWith('stroke') && property !== 'stroke' && style.stroke === 'none')) styles.push(` ${property}="${short(now.replaceAll('"', "'")).replace(/px/g, '')}"`);
      }
    }
    let inner = '';
    let last = '';
    for (const child of element.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) inner += escape(child.data);
      if (child.nodeType !== Node.ELEMENT_NODE) continue;
      const { styles: its, text: words } = written(child);
      // Neighbours of one style have it once.
      if (its !== last && last !== '') inner += '</g>';
      if (its !== last && its !== '') inner += `<g${its}>`;
      last = its;
      inner += words;
    }
    if (last !== '') inner += '</g>';
    if (name === 'g' && inner === '') return { styles: '', text: '' };
    return { styles: text ? '' : styles.join(''), text: `<${name}${own.join('')}${text ? styles.join('') : ''}${inner === '' ? '/>' : `>${inner}</${name}>`}` };
  };
  const shown = [...scene.querySelectorAll('.main svg.figure, svg.over')];
  const { width, height } = shown[0].getBoundingClientRect();
  return wrap(width, height, shown.map((svg) => written(svg).text.replace('<svg', '<g').replace(/<.svg>$/, '</g>')).join(''));
}
