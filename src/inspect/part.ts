import type { Html, Table } from '../report/index.ts';
import type { Subject } from './subject.ts';

/** What one way of looking at a graph found. */
export interface Finding {
  readonly title: string;
  /** What is seen, in a line or two. */
  readonly note: string;
  readonly tables: readonly Table[];
  /** Pictures and plots, for pages. */
  readonly figures: readonly Html[];
}

/** One way of looking at a graph: `--rf`, `--cost`, …. */
export interface Part {
  /** The option's name. */
  readonly name: string;
  readonly summary: string;
  /** Whether it is told only when it is asked for. */
  readonly onRequest?: boolean;
  look(subject: Subject): Promise<Finding>;
}
