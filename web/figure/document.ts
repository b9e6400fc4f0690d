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
