import type { Arrays, Backend } from '../backends/backend.ts';
import { GraphBuilder } from '../graph/builder.ts';
import type { NdArray } from '../graph/nd-array.ts';
import type { Tensor } from '../graph/tensor.ts';
import type { Type } from '../graph/type.ts';
import { type Program, programOf } from './program.ts';

/** A graph under construction together with values for its inputs. */
export class Workbench {
  readonly g: GraphBuilder = new GraphBuilder();
  readonly #feeds: { [name: string]: NdArray } = {};
  readonly #backend: Backend | undefined;

  /** Without a backend, programs choose: the reference, or the compiled one once it pays. */
  constructor(backend?: Backend) {
    this.#backend = backend;
  }

  /** The inputs' present values. */
  get feeds(): Arrays {
    return this.#feeds;
  }

  /** Declares an input, to be given a value before anything runs. */
  declare(name: string, type: Type): Tensor {
    return this.g.input(name, type);
  }

  /** Declares an input and gives it a value. */
  input(name: string, value: NdArray): Tensor {
    this.set(name, value);
    return this.declare(name, value);
  }

  /** Gives a declared input another value. */
  set(name: string, value: NdArray): void {
    this.#feeds[name] = value;
  }

  /** Compiles what the outputs need. Inputs declared later are no concern of it. */
  program(outputs: { readonly [name: string]: Tensor }): Program {
    return programOf(this.g.build(outputs), this.#feeds, this.#backend);
  }
}
