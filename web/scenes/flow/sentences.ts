// The flow in words, from its numbers.
import { nice } from '../../drawing/svg';
import type { EndClass } from '../../minimum_cost';
import { calledOf } from './called';
import { frameName, shareOf } from './census';
import type { Signals } from '../../store/signals';
import { evidence } from '../../ui/sentences';
import type { Picture } from './follow';

/** "212 of 400 end at training points (53 %, 48 to 58)" */
function endSentence({ result, particles }: Picture): string {
  const places: Record<EndClass, string> = {
    'training-point': 'at training points',
    'virtual-point': 'at virtual points, sums of training points',
    boundary: `on the boundary of the ${frameName[result.frame]}`,
    inside: result.frame === 'hull' ? 'elsewhere in the convex hull' : `inside the ${frameName[result.frame]}`,
    outside: 'outside',
  };
  const parts = result.classes.filter(({ count }) => count > 0).map((row) => `${row.count} ${places[row.name]} (${shareOf(row).replace(' (', ', ').replace(')', '')})`);
  const [first = '', ...rest] = parts;
  const [number, ...words] = first.split(' ');
  return `${number} of ${particles} end ${[words.join(' '), ...rest].join(', ')}.`;
}

function flowSentence({ which, settings, particles, description }: Picture): string {
  const who = calledOf({ which, settings }) + (which === 'empirical-mmse' ? ', which memorises,' : '');
  const start = `${particles} particles start from Gaussian noise of level σ = ${nice(settings.sigma!)} about the points’ mean`;
  if (settings.kind === 'score') {
    const level = which === 'empirical-mmse' ? `level ${nice(description.radius / settings.alpha!)}` : `radius ρ = ${nice(description.radius)}`;
    return `${start} and follow the score dy/dr = h(y) − y of ${who}, at the one noise of ${level}.`;
  }
  const by = settings.sampler === 'heun' ? 'Heun' : 'Euler (DDIM)';
  return `${start} and follow the probability flow, with ${who}${which === 'trained' ? '’s network' : ''} at each noise level, down to σ = 0 in ${settings.steps} ${settings.steps === 1 ? 'step' : 'steps'} of ${by}.`;
}

/** What flows and where it ends, and what does so beside it. */
export function captionOf(picture: Picture, beside: Picture | null): string {
  const besides = beside === null ? '' : ` By ${calledOf(beside)}, from the same starts, ${endSentence(beside)}`;
  return `${flowSentence(picture)} ${endSentence(picture)}${besides}`;
}

/** What is known of it. */
export function knownOf(store: Pick<Signals, 'state'>, { which, settings, result, description }: Picture): string {
  const { form } = description.closed_form ?? {};
  if (which !== 'closed-form') return '';
  if (description.dimension === 1) {
    return settings.kind === 'score'
      ? 'In each gap the middle is an unstable point, so that every particle goes to the training point that is nearest to its start (theorem).'
      : 'On a line the first denoiser alone decides where a particle ends, whatever the number of steps (derived here).';
  }
  if (result.frame !== 'box') return '';
  if (settings.kind === 'score') {
    return form === 'orthogonal' ? `Stable are the corners of the box alone: the training points and their sums (${evidence(store, description.closed_form!)}).` : '';
  }
  return form === 'orthogonal'
    ? 'Of orthogonal points each path is a straight line, whatever the number of steps: the first denoiser alone decides where it ends (derived here).'
    : '';
}
