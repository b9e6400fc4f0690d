// Clean points from a CSV file: a line each, of numbers apart by commas, semicolons, tabs or blanks; lines
// that begin with # are skipped, and names at the top.
import { dsvFormat } from 'd3-dsv';
import { grouped } from '../../drawing/svg';
import { printed } from '../refusals';

export interface PointFile {
  points: number[][];
  names: string; // at the top, as they stand; '' where there are none
}

const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** A number as it is written in any of the usual ways; NaN: it is none. @param comma whether a comma may stand for the point */
function numberOf(text: string, comma: boolean): number {
  const plain = text.trim().replace('−', '-').replace(comma ? ',' : /$^/, '.');
  return number.test(plain) ? Number(plain) : NaN;
}

/** @param most points @param greatest coordinate @throws Error with a sentence that names line and column */
export function readPointFile(file: string, most: number, greatest: number): PointFile {
  const lines = file.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n').split('\n').map((line) => (/^\s*#/.test(line) ? '' : line.trimEnd()));
  const first = lines.find((line) => line.trim() !== '');
  if (first === undefined) throw new Error('The file holds no points.');
  const delimiter = ['\t', ';', ','].find((d) => first.includes(d)) ?? ' ';
  const text = (delimiter === ' ' ? lines.map((line) => line.trim().replace(/ +/g, ' ')) : lines).join('\n');
  const points: number[][] = [];
  let names = '';
  let line = 1;
  for (const row of dsvFormat(delimiter).parseRows(text)) {
    const at = line;
    line += 1 + row.join('').split('\n').length - 1; // a quoted field may hold lines
    if (row.every((field) => field.trim() === '')) continue;
    const numbers = row.map((field) => numberOf(field, delimiter !== ','));
    if (points.length === 0 && names === '' && numbers.every(Number.isNaN) && row.every((field) => /\p{L}/u.test(field))) {
      names = row.map((field) => printed(field.trim())).join(', ');
      continue;
    }
    const wrong = numbers.findIndex((v) => !(Math.abs(v) <= greatest));
    if (wrong >= 0) {
      const field = row[wrong]!.trim();
      const where = `Line ${at}, column ${wrong + 1}: `;
      if (field === '') throw new Error(`${where}there is no number.`);
      throw new Error(`${where}“${printed(field)}” is ${Number.isNaN(numbers[wrong]!) ? 'not a number' : `beyond ±${grouped(greatest)}`}.`);
    }
    const columns = points[0]?.length ?? numbers.length;
    if (numbers.length !== columns) throw new Error(`Line ${at}, column ${Math.min(columns, numbers.length) + 1}: the line has ${numbers.length} numbers, those before it ${columns}.`);
    if (points.length === most) throw new Error(`Line ${at}, column 1: there are more than ${most} points, the most that are taken.`);
    points.push(numbers);
  }
  if (points.length === 0) throw new Error(`The file holds no points${names === '' ? '' : ' after the names on its first line'}.`);
  return { points, names };
}
