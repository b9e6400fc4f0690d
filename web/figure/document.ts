// What a figure is made of: a file of it holds this as JSON, written by the page (web/ui/figure_file.ts)
// or by the command (cli/figure.cpp).
import type { CarriedImages } from '../scenes/images/carried';

export interface FigureDocument {
  version: 1;
  experiment: unknown;
  view?: string; // keys of a link that an experiment has not
  anonymous?: boolean;
  carried?: CarriedImages;
}

/** @throws Error of text that is no such document */
export function figureOf(text: string): FigureDocument {
  let found: FigureDocument | null = null;
  try {
    found = JSON.parse(text) as FigureDocument | null;
  } catch {
    // As if it were of no version.
  }
  if (found?.version !== 1) throw new Error('This file holds no figure of version 1.');
  return found;
}

/** An experiment, or its text, as the library reads it. Without a version it is of this one. */
export function textOf(experiment: unknown): string {
  let found = experiment;
  if (typeof experiment === 'string') {
    try {
      found = JSON.parse(experiment);
    } catch {
      return experiment; // the library says where it is no JSON
    }
  }
  if (typeof found === 'object' && found !== null && !Array.isArray(found) && !('version' in found)) found = { version: 1, ...found };
  return JSON.stringify(found) ?? '';
}

/** The same as JSON.parse() gives it; undefined of text that is no JSON. */
export function parsed(experiment: unknown): unknown {
  try {
    return JSON.parse(textOf(experiment)) as unknown;
  } catch {
    return undefined;
  }
}
