import type { Arrays } from '../backends/backend.ts';
import type { Graph } from '../graph/graph.ts';

/** What else of the same net can be run. */
export interface Version {
  readonly name: string;
  readonly graph: Graph;
}

/** A graph that is looked into. */
export interface Subject {
  /** What it is called, for titles. */
  readonly name: string;
  readonly graph: Graph;
  /** Values of its parameters and states, for what depends on them; what is not there is drawn anew by a fixed seed. */
  readonly values: Arrays;
  /** How it came about, in a line. */
  readonly facts: string;
  /** Of a net: prediction, gradients, a step of training, and that with activations computed anew. */
  versions?(): readonly Version[];
}
