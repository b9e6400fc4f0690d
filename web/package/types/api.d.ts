// The package's functions as TypeScript sees them.
import type { AlignmentReport, Comparison, Description, DenoiseModule, Experiment, Form, Network, Session as DenoiseSession, TrainingStatus, Which } from '../../denoise';
import type { MinimumCostModule, MinimumCostResult } from '../../minimum_cost';

export type { AlignmentReport, Comparison, Description, Experiment, Form, MinimumCostResult, Network, TrainingStatus, Which };

/** A document, version 1, or its text. */
export type Document = Omit<Experiment, 'version'> & { version?: 1 } | string;

export interface ClosedForm extends Form { network: Network }

export interface Trained {
  status: TrainingStatus; // where samples are fitted `rest` is by the rule alone
  network: Network;
  /** With the closed form, or the certified least cost where none is known to be the cheapest; null where
   *  neither is to be had. */
  comparison: Comparison | null;
  /** Where training with weight decay ended by a refit: its objective over the least of any width, less 1. */
  gap: number | null;
  /** 16 hexadecimal digits of the network's bits. */
  checksum: string;
}

export interface Choices {
  /** Ends the work: the promise is rejected with the signal's reason. */
  signal?: AbortSignal;
}
export interface TrainingChoices extends Choices {
  /** Told a few times a second. */
  progress?: (status: TrainingStatus) => void;
}

/** Documents are read when a function is called. Every promise is rejected where the module cannot be loaded,
 *  and with a DenoiseError (`where` names the document's field) where the library refuses the document. */
export interface Denoise {
  /** The denoiser in closed form: where `optimal`, of minimum cost. Rejected where none is known. */
  closedForm(experiment: Document): Promise<ClosedForm>;
  /** Trains until training rests; in slices, so that a page stays alive. */
  train(experiment: Document, choices?: TrainingChoices): Promise<Trained>;
  /** The certified minimum-cost denoiser of points on a line, in a plane or in space. */
  minimumCost(experiment: Document, choices?: Choices): Promise<MinimumCostResult>;
  /** How the neurons of the document's denoiser (denoiser.kind: by default "closed-form", or "trained")
   *  lie to edges, faces and one another. */
  alignment(experiment: Document, choices?: Choices): Promise<AlignmentReport>;
  /** A study with a trainer that is asked piece by piece. delete() frees it. */
  readonly Session: { create(): Promise<DenoiseSession> };
}

/** The whole module: both of the site's. */
export type Module = DenoiseModule & Omit<MinimumCostModule, 'RiskCurve'>; // risks are the page’s
