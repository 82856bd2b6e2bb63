import { vjp } from '../autodiff/vjp.ts';
import type { Degree, Draw } from '../graph/op.ts';
import { sizeOf } from '../graph/shape.ts';
import type { Tensor } from '../graph/tensor.ts';
import { type Branch, type Certificate, certificateOf } from './branch.ts';
import { stencilOf } from './compare.ts';
import { defaultDraw } from './draw.ts';
import { type Duality, dualityOf } from './duality.ts';
import type { Program } from './program.ts';
import type { Workbench } from './workbench.ts';

/** An input that derivatives are taken by. */
export interface Variable {
  readonly name: string;
  readonly tensor: Tensor;
  readonly draw: Draw;
  readonly degree: Degree;
}

/** A tensor of the graph under proof with its gradients for all inputs that it is differentiated by. */
export class Level {
  readonly y: Tensor;
  readonly variables: readonly Variable[];
  /** The inputs that led here: `['x', 'w']` is the derivative by `w` of the gradient for `x`. */
  readonly path: readonly string[];
  /** The name of the input that holds y's cotangent. */
  readonly cotangent: string;
  readonly forward: Program;
  readonly backward: Program;
  readonly #bench: Workbench;
  readonly #own: Tensor;
  readonly #gradients: readonly Tensor[];
  readonly #memory = new Map<string, Float64Array>();
  #next: readonly Level[] | undefined;
  #certificate: Certificate | undefined;
  #duality: { readonly value: Duality | undefined } | undefined;

  constructor(bench: Workbench, y: Tensor, variables: readonly Variable[], path: readonly string[] = []) {
    this.#bench = bench;
    this.y = y;
    this.variables = variables;
    this.path = path;
    this.cotangent = ['ct', ...path].join('.');
    this.#own = bench.declare(this.cotangent, y);
    this.#gradients = vjp(
      [y],
      variables.map(({ tensor }) => tensor),
      [this.#own],
    );
    this.forward = bench.program({ y });
    this.backward = bench.program(Object.fromEntries(variables.map(({ name }, i) => [name, this.#gradients[i]!])));
  }

  /** Numbers to work on, the same ones every time: fresh memory costs more than what is done with it. */
  memory(use: string, length: number): Float64Array {
    const memory = this.#memory.get(use) ?? new Float64Array(length);
    this.#memory.set(use, memory);
    return memory;
  }

  /** How many entries its Jacobian has. */
  get entries(): number {
    return sizeOf(this.y.shape) * this.variables.reduce((sum, { tensor }) => sum + sizeOf(tensor.shape), 0);
  }

  /** Tells whether points are on one piece; `own` is what the subject says of that itself. */
  certificate(own?: Branch): Certificate {
    this.#certificate ??= certificateOf(this.#bench, this.y, own);
    return this.#certificate;
  }

  /** The forward derivative, where there is one. */
  get duality(): Duality | undefined {
    this.#duality ??= { value: dualityOf(this.#bench, this.y, this.variables) };
    return this.#duality.value;
  }

  /** Every gradient as a function of its own, of the cotangent as well: made when first asked for. */
  get next(): readonly Level[] {
    const own = { name: this.cotangent, tensor: this.#own, draw: defaultDraw(this.y), degree: 1 };
    this.#next ??= this.variables.map(
      ({ name }, i) => new Level(this.#bench, this.#gradients[i]!, [...this.variables, own], [...this.path, name]),
    );
    return this.#next;
  }

  /** Says what is coming, so that programs may be compiled that are run often. */
  expect(entryByEntry: boolean): void {
    const steps = ({ degree }: Variable): number => 2 * stencilOf(degree).weights.length;
    const along = this.variables.reduce((sum, variable) => sum + 2 * steps(variable), 0);
    const columns = this.variables.reduce((sum, each) => sum + sizeOf(each.tensor.shape) * steps(each), 0);
    this.forward.expect(along + 2 + (entryByEntry ? columns : 0));
    this.backward.expect(7 + (entryByEntry ? sizeOf(this.y.shape) : 0));
  }
}
