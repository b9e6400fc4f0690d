// The plots of docs/results.md as SVG files that stand alone.
import { scaleLinear, scaleLog } from 'd3-scale';

const size = { width: 640, height: 420, left: 70, right: 190, top: 16, bottom: 54 };
const least = 0.003; // degrees: what is less is drawn there
const most = 60;
export const axisTicks = [0.01, 0.1, 1, 10];
const looks = [
  { fill: '#0072b2', mark: 'circle' },
  { fill: '#8a8f98', mark: 'circle' },
  { fill: '#d55e00', mark: 'square' },
  { fill: '#b9a99c', mark: 'square' },
];

const at = (value) => Math.min(most, Math.max(least, value));
const short = (value) => value.toFixed(1);

const page = (title, body) => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" width="${size.width}" height="${size.height}" font-family="sans-serif" font-size="13" fill="#222">
<title>${title}</title>
<rect width="${size.width}" height="${size.height}" fill="#fff"/>
${body}
</svg>
`;

/** A grid with its numbers, the axes and their names. */
function axes(across, up, { x, y, xTicks, yTicks, unit = '' }) {
  const { width, height, left, right, top, bottom } = size;
  const vertical = xTicks.map((tick) => `<path d="M${short(across(tick))} ${top}V${height - bottom}" stroke="#ddd"/><text x="${short(across(tick))}" y="${height - bottom + 18}" text-anchor="middle">${tick}${unit}</text>`);
  const level = yTicks.map((tick) => `<path d="M${left} ${short(up(tick))}H${width - right}" stroke="#ddd"/><text x="${left - 8}" y="${short(up(tick) + 4)}" text-anchor="end">${tick}${unit || ' %'}</text>`);
  return `${vertical.join('')}${level.join('')}
<path d="M${left} ${top}V${height - bottom}H${width - right}" stroke="#222" fill="none"/>
<text x="${(left + width - right) / 2}" y="${height - 12}" text-anchor="middle">${x}</text>
<text transform="translate(16,${(top + height - bottom) / 2}) rotate(-90)" text-anchor="middle">${y}</text>`;
}

const colours = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#8a6d00', '#56b4e9', '#5a5a5a', '#b15928', '#7570b3', '#1b1b1b', '#e69f00', '#999999'];

/** Shares against something, a line for each series with the intervals of its points.
 *  @param series lists of [x, share, low, high] by name, in percents @returns SVG */
export function shares(series, { title, x, log = false }) {
  const { width, height, left, right, top, bottom } = size;
  const values = [...new Set(Object.values(series).flatMap((points) => points.map(([at]) => at)))].sort((a, b) => a - b);
  const domain = [values[0], values.at(-1)];
  const across = (log ? scaleLog : scaleLinear)(domain, [left + 12, width - right - 8]);
  const up = scaleLinear([0, 100], [height - bottom, top]);
  const drawn = Object.entries(series).map(([name, points], k) => {
    const colour = colours[k % colours.length];
    const dash = k < colours.length / 2 ? '' : ' stroke-dasharray="5 3"';
    const path = points.map(([at, share], i) => `${i === 0 ? 'M' : 'L'}${short(across(at))} ${short(up(share))}`).join('');
    const marks = points.map(([at, share, low = share, high = share]) => `<path d="M${short(across(at))} ${short(up(low))}V${short(up(high))}" stroke="${colour}" stroke-width="1.5"/><circle cx="${short(across(at))}" cy="${short(up(share))}" r="3" fill="${colour}"/>`);
    const at = top + 10 + 18 * k;
    const key = `<path d="M${width - right + 10} ${at}h20" stroke="${colour}" stroke-width="2"${dash}/><text x="${width - right + 36}" y="${at + 4}" font-size="11.5">${name}</text>`;
    return `<path d="${path}" fill="none" stroke="${colour}" stroke-width="2"${dash}/>${marks.join('')}${key}`;
  });
  return page(title, `${axes(across, up, { x, y: 'share', xTicks: values, yTicks: [0, 25, 50, 75, 100] })}\n${drawn.join('\n')}`);
}

/** @param clouds lists of [x, y] by name, in degrees @returns SVG */
export function scatter(clouds, { x, y, ticks }) {
  const { width, height, left, right, top, bottom } = size;
  const across = scaleLog([least, most], [left, width - right]);
  const up = scaleLog([least, most], [height - bottom, top]);
  const mark = ({ fill, mark: shape }, cx, cy) =>
    shape === 'circle' ? `<circle cx="${short(cx)}" cy="${short(cy)}" r="2.6" fill="${fill}" fill-opacity="0.55"/>` : `<rect x="${short(cx - 2.3)}" y="${short(cy - 2.3)}" width="4.6" height="4.6" fill="${fill}" fill-opacity="0.55"/>`;
  const names = Object.keys(clouds);
  const points = names.map((name, k) => clouds[name].map(([a, b]) => mark(looks[k], across(at(a)), up(at(b)))).join('')).join('\n');
  const legend = names.map((name, k) => `${mark(looks[k], width - right + 18, top + 14 + 22 * k)}<text x="${width - right + 30}" y="${top + 18 + 22 * k}">${name}</text>`).join('');
  return page('Each mark is a triangle of handwritten zeros: how far its neurons are from edges and from the normals of faces', `${axes(across, up, { x, y, xTicks: ticks, yTicks: ticks, unit: '°' })}\n${points}\n${legend}`);
}
