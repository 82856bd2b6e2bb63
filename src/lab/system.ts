import type { Backend } from '../backends/backend.ts';
import type { Curve, PagePicture, Table } from '../report/index.ts';

export type { Curve as LabCurve, Table as LabTable } from '../report/index.ts';

/** How a system of the laboratory is run. */
export interface LabOptions {
  readonly seed: number;
  /** Scales all work (training steps, images): 1 for the documented result, less for a quick look; nothing is then promised. */
  readonly effort: number;
  readonly backend: Backend;
  /** Told of every piece of finished work. */
  progress(done: number, total: number, what: string): void;
  /** Aborted when the user wants to stop: the system throws the signal's reason at the next step. */
  readonly signal?: AbortSignal | undefined;
}

/** A picture to look at. */
export interface LabPicture extends PagePicture {
  /** A plain word or several with dashes, unique in the result: the file's name without its ending. */
  readonly name: string;
}

/** What a system promises, and whether it kept it. */
export interface LabClaim {
  /** With the numbers that decide it. */
  readonly text: string;
  readonly holds: boolean;
}

/** What came of a run. */
export interface LabResult {
  /** At effort 1 all of them hold. */
  readonly claims: readonly LabClaim[];
  readonly tables: readonly Table[];
  readonly curves: readonly Curve[];
  readonly pictures: readonly LabPicture[];
}

/** One system of the notes, made to run: a net or a method, its data, its training and what it is held to. */
export interface System {
  /** Its name in `cotangent lab NAME`. */
  readonly name: string;
  readonly title: string;
  /** Its numbers in the checklist of docs/operators.md. */
  readonly checklist: readonly number[];
  /** What it shows, in two or three sentences. */
  readonly about: string;
  run(options: LabOptions): Promise<LabResult>;
}
