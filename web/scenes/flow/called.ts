// What flows is called so, everywhere.
import type { FlowDenoiser } from '../../minimum_cost';
import type { Picture } from './follow';

const called: Record<FlowDenoiser, string> = {
  'closed-form': 'the closed form',
  'minimum-cost': 'the minimum-cost denoiser',
  'empirical-mmse': 'the empirical MMSE denoiser',
  trained: 'the trained network',
};

/** What flows, in words. */
export const calledOf = ({ which, settings }: Pick<Picture, 'which' | 'settings'>): string =>
  which === 'trained' && settings.kind === 'probability' ? 'the trained diffusion model' : called[which as FlowDenoiser];
