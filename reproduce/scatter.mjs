// A scatter plot of angles on logarithmic axes, as an SVG file that stands alone.
import { scaleLog } from 'd3-scale';

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

/** @param clouds lists of [x, y] by name, in degrees @returns SVG */
export function scatter(clouds, { x, y, ticks }) {
  const { width, height, left, right, top, bottom } = size;
  const across = scaleLog([least, most], [left, width - right]);
  const up = scaleLog([least, most], [height - bottom, top]);
  const mark = ({ fill, mark: shape }, cx, cy) =>
    shape === 'circle' ? `<circle cx="${short(cx)}" cy="${short(cy)}" r="2.6" fill="${fill}" fill-opacity="0.55"/>` : `<rect x="${short(cx - 2.3)}" y="${short(cy - 2.3)}" width="4.6" height="4.6" fill="${fill}" fill-opacity="0.55"/>`;
  const grid = ticks
    .map(
      (tick) =>
        `<path d="M${short(across(tick))} ${top}V${height - bottom}M${left} ${short(up(tick))}H${width - right}" stroke="#ddd"/>` +
        `<text x="${short(across(tick))}" y="${height - bottom + 18}" text-anchor="middle">${tick}°</text><text x="${left - 8}" y="${short(up(tick) + 4)}" text-anchor="end">${tick}°</text>`,
    )
    .join('');
  const names = Object.keys(clouds);
  const points = names.map((name, k) => clouds[name].map(([a, b]) => mark(looks[k], across(at(a)), up(at(b)))).join('')).join('\n');
  const legend = names.map((name, k) => `${mark(looks[k], width - right + 18, top + 14 + 22 * k)}<text x="${width - right + 30}" y="${top + 18 + 22 * k}">${name}</text>`).join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="sans-serif" font-size="13" fill="#222">
<title>Each mark is a triangle of handwritten zeros: how far its neurons are from edges and from the normals of faces</title>
<rect width="${width}" height="${height}" fill="#fff"/>
${grid}
<path d="M${left} ${top}V${height - bottom}H${width - right}" stroke="#222" fill="none"/>
${points}
${legend}
<text x="${(left + width - right) / 2}" y="${height - 12}" text-anchor="middle">${x}</text>
<text transform="translate(18,${(top + height - bottom) / 2}) rotate(-90)" text-anchor="middle">${y}</text>
</svg>
`;
}
