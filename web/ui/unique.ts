import { useState } from 'preact/hooks';
import { uniqueId } from '../drawing/unique';

/** An id for as long as the component stands. */
export const useUniqueId = (name: string): string => useState(() => uniqueId(name))[0];
