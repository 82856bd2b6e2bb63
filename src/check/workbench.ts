import type { Arrays, Backend } from '../backends/backend.ts';
import { compile } from '../backends/compile.ts';
import { GraphBuilder } from '../graph/builder.ts';
import type { NdArray } from '../graph/nd-array.ts';
import type { Tensor } from '../graph/tensor.ts';

/** Runs a graph at the workbench's values, some of them replaced. */
export type Program = (changes?: Arrays) => Arrays;

/** A graph under construction together with values for its inputs. */
export class Workbench {
  readonly g: GraphBuilder = new GraphBuilder();
  readonly #feeds: { [name: string]: NdArray } = {};
  readonly #options: { readonly backend?: Backend };

  constructor(backend?: Backend) {
    this.#options = backend === undefined ? {} : { backend };
  }

  /** The inputs' present values. */
  get feeds(): Arrays {
    return this.#feeds;
  }

  /** Declares an input and gives it a value. */
  input(name: string, value: NdArray): Tensor {
    this.#feeds[name] = value;
    return this.g.input(name, value);
  }

  /** Gives a declared input another value. */
  set(name: string, value: NdArray): void {
    this.#feeds[name] = value;
  }

  /** Compiles what the outputs need. Inputs declared later are no concern of it. */
  program(outputs: { readonly [name: string]: Tensor }): Program {
    const graph = this.g.build(outputs);
    const executable = compile(graph, this.#options);
    const names = Object.keys(graph.inputs);
    return (changes = {}) =>
      executable.run(Object.fromEntries(names.map((name) => [name, changes[name] ?? this.#feeds[name]!])));
  }
}
