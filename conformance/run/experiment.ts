import { type Backend, compile, type FloatDType, GraphBuilder, type NdArray, type Tensor } from 'cotangent';
import type { CaseTensor } from '../cases/case-tensor.ts';
import { arrayOf, type DTypes } from './array-of.ts';
import { distance } from './distance.ts';

/** How cases are run. */
export interface Settings {
  readonly backend: Backend;
  /** The engine's floats; what the case has unless given. */
  readonly floats?: FloatDType | undefined;
}

/** How far one tensor is from the expected one. */
export interface Deviation {
  readonly what: string;
  /** In units of max(1, largest expected number); infinite for another shape. */
  readonly error: number;
  readonly tolerance: number;
  /** Where the shapes or types differ: both. */
  readonly mismatch?: string | undefined;
}

interface Wanted {
  readonly what: string;
  readonly tensor: Tensor;
  readonly expected: CaseTensor;
  readonly tolerance: number;
}

/** One case as one graph: inputs fed from the case, results held against it. */
export class Experiment {
  readonly graph: GraphBuilder = new GraphBuilder();
  readonly #backend: Backend;
  readonly dtypes: DTypes;
  readonly #feeds: { [name: string]: NdArray } = {};
  readonly #wanted: Wanted[] = [];

  constructor(backend: Backend, dtypes: DTypes) {
    this.#backend = backend;
    this.dtypes = dtypes;
  }

  /** An input of the graph, fed with the case's numbers. */
  feed(name: string, tensor: CaseTensor): Tensor {
    // Lists are named `tensors[0]`, which is no name of an input here.
    const plain = name.replaceAll(/\[(\d+)\]/g, '.$1');
    const value = arrayOf(tensor, this.dtypes);
    this.#feeds[plain] = value;
    return this.graph.input(plain, value);
  }

  want(what: string, tensor: Tensor | undefined, expected: CaseTensor, tolerance: number): void {
    if (tensor === undefined) throw new Error(`the adapter makes no ${what}`);
    this.#wanted.push({ what, tensor, expected, tolerance });
  }

  /** Runs the graph once. */
  compare(): Deviation[] {
    const outputs = Object.fromEntries(this.#wanted.map(({ tensor }, k) => [`r${k}`, tensor]));
    const executable = compile(this.graph.build(outputs), { backend: this.#backend });
    try {
      const values = executable.run(this.#feeds);
      return this.#wanted.map(({ what, expected, tolerance }, k) => {
        const got = values[`r${k}`]!;
        const want = arrayOf(expected, this.dtypes);
        const kinds = `${kindOf(got)}[${got.shape}]`;
        const wanted = `${kindOf(want)}[${want.shape}]`;
        if (kinds !== wanted)
          return { what, tolerance, error: Number.POSITIVE_INFINITY, mismatch: `is ${kinds}, not ${wanted}` };
        return { what, tolerance, error: distance(got, want) };
      });
    } finally {
      executable.close();
    }
  }
}

/** Floats of either length are one kind: which one the engine keeps is a setting. */
const kindOf = ({ dtype }: NdArray): string => (dtype === 'f32' || dtype === 'f64' ? 'float' : dtype);
