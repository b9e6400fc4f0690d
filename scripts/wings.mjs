// The wings of libdenoise/src: which there are, in their order, and which includes which, read off
// the sources. `node scripts/wings.mjs` prints the picture of docs/architecture.md.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const library = fileURLToPath(new URL('../libdenoise', import.meta.url));

/** From below: a wing includes only its own files and those of wings before it. */
export const order = ['base', 'network', 'geometry', 'data', 'closed_form', 'residual', 'minimum_cost', 'kernels', 'training', 'measures', 'flow', 'experiment'];

// Public headers without a source of the same name, and the wing that they belong to.
const withoutSource = { matrix: 'base', error: 'base', progress: 'base', version: 'base' };

/** The files of the wings and the public headers, each with its wing and the files it includes. */
export function readWings(read = (path) => readFileSync(join(library, path), 'utf8')) {
  const sources = readdirSync(join(library, 'src'), { recursive: true })
    .map((path) => join('src', path).replaceAll('\\', '/'))
    .filter((path) => /\.(cpp|h)$/.test(path));
  const headers = readdirSync(join(library, 'include', 'denoise')).map((name) => `include/denoise/${name}`);
  const texts = new Map([...sources, ...headers].map((path) => [path, read(path)]));
  const included = (text) => [...text.matchAll(/^#include "([^"]+)"/gm)].map(([, path]) => (path.startsWith('denoise/') ? `include/${path}` : `src/${path}`));
  const wings = new Map(sources.map((path) => [path, path.split('/')[1]]));
  for (const [name, wing] of Object.entries(withoutSource)) wings.set(`include/denoise/${name}.h`, wing);
  // The sources of a header include it first. Where several do, it belongs to the lowest wing.
  for (const path of sources.filter((each) => each.endsWith('.cpp'))) {
    const header = included(texts.get(path))[0];
    if (!header?.startsWith('include/') || withoutSource[header.replace(/.*\/|\.h/g, '')]) continue;
    const wing = wings.get(path), known = wings.get(header);
    if (known === undefined || order.indexOf(wing) < order.indexOf(known)) wings.set(header, wing);
  }
  return [...texts].map(([path, text]) => ({ path, wing: wings.get(path), includes: included(text), lines: text.split('\n').length - 1, text, wings }));
}

/** Includes that lead up the order: [path, included path]. */
export function faults(files) {
  const wings = files[0].wings;
  return files.flatMap(({ path, wing, includes }) =>
    includes.filter((other) => !(order.indexOf(wings.get(other)) <= order.indexOf(wing) && order.includes(wing) && wings.has(other))).map((other) => [path, other]),
  );
}

/** Files that include one another in a circle, or null. */
export function circle(files) {
  const includes = new Map(files.map((file) => [file.path, file.includes]));
  const done = new Set();
  const visit = (path, trail) => {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path];
    if (done.has(path)) return null;
    for (const other of includes.get(path) ?? []) {
      const found = visit(other, [...trail, path]);
      if (found) return found;
    }
    done.add(path);
    return null;
  };
  for (const path of includes.keys()) {
    const found = visit(path, []);
    if (found) return found;
  }
  return null;
}

/** The picture: an arrow to each wing that a wing includes and does not reach through others. */
export function picture(files) {
  const wings = files[0].wings;
  const below = new Map(order.map((wing) => [wing, new Set()]));
  for (const { wing, includes } of files) {
    for (const other of includes.map((path) => wings.get(path))) {
      if (order.indexOf(other) < order.indexOf(wing)) below.get(wing).add(other);
    }
  }
  const reach = (wing) => new Set([...below.get(wing)].flatMap((other) => [other, ...reach(other)]));
  const lines = order.flatMap((wing) => {
    const all = [...below.get(wing)].sort((a, b) => order.indexOf(a) - order.indexOf(b));
    const direct = all.filter((other) => !all.some((between) => reach(between).has(other)));
    return direct.map((other) => `  ${other} --> ${wing}`);
  });
  return ['```mermaid', 'graph BT', ...lines, '```'].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(picture(readWings()));
