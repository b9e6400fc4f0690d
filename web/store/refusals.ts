// The library's sentences as they stand on the page, and beside which control.

/** A stranger's text as part of a sentence: short, and without what does not print. */
export function printed(text: string): string {
  const letters = [...text.replace(/\p{C}/gu, '\ufffd')];
  return letters.length > 40 ? `${letters.slice(0, 40).join('')}…` : letters.join('');
}

/** A library's sentence as it stands on the page: with a capital and a full stop. */
export const sentence = (text: string): string =>
  text === '' ? '' : text.charAt(0).toUpperCase() + text.slice(1).replace(/\b2 rho\b/g, '2ρ') + (/[.!?]$/.test(text) ? '' : '.');

/** A refusal as it stands on the page: a field of the document is called by its name here. */
export function refusalSentence(message: string, where: string): string {
  const names: Record<string, string> = {
    'noise.radius': 'the radius',
    'noise.level': 'the noise level',
    'noise.samples': 'the number of samples',
    'noise.seed': 'the noise seed',
    'training.weight_decay': 'the weight decay',
    'training.learning_rate': 'the learning rate',
    'training.width': 'the width',
    'training.steps': 'the schedule',
    'training.seed': 'the seed',
  };
  if (where === 'data.points') return sentence(message.replace('list data.points', 'list of clean points'));
  const [, point, coordinate] = /^data\.points\[(\d+)\](?:\[(\d+)\])?$/.exec(where) ?? [];
  const place = coordinate === undefined ? '' : `number ${Number(coordinate) + 1} of `;
  const name = point === undefined ? names[where] : `${place}clean point ${Number(point) + 1}`;
  return sentence(name !== undefined && message.startsWith(where) ? name + message.slice(where.length) : message);
}

/** The control that an error's `where` belongs to: of the data, that of the part's own name. */
export function controlOf(where: string): string {
  const direct: Record<string, string> = {
    'noise.radius': 'radius',
    'noise.level': 'level',
    'noise.samples': 'samples',
    'noise.seed': 'noise-seed',
    'noise.fresh': 'noise',
    'training.method': 'method',
    'training.weight_decay': 'lambda',
    'training.learning_rate': 'rate',
    'training.width': 'width',
    'training.steps': 'schedule',
    'training.seed': 'seed',
    'training.subspace': 'subspace',
  };
  return direct[where] ?? /^data\.(\w+)/.exec(where)?.[1] ?? 'points';
}
