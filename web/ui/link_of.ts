import type { Commands } from '../store/signals';

/** The address of what is shown. */
export const linkOf = (store: Pick<Commands, 'hash'>): string => `${location.href.replace(/#.*$/, '')}#${store.hash()}`;
