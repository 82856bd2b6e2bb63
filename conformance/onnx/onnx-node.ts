import type { DType, GraphBuilder, Tensor } from 'cotangent';
import type { OnnxCase } from '../cases/case.ts';
import type { CaseDType, CaseTensor } from '../cases/case-tensor.ts';
import type { Experiment } from '../run/experiment.ts';

/** What an adapter reads a node through: its inputs as tensors of the graph or as known numbers, its attributes with defaults. */
export class OnnxNode {
  readonly op: string;
  readonly opset: number;
  readonly graph: GraphBuilder;
  /** How many outputs the case looks at. */
  readonly outputs: number;
  readonly #inputs: readonly (CaseTensor | null)[];
  readonly #attributes: { readonly [name: string]: unknown };
  readonly #experiment: Experiment;
  readonly #tensors = new Map<number, Tensor>();

  constructor({ op, opset, inputs, outputs, attributes }: OnnxCase, experiment: Experiment) {
    this.op = op;
    this.opset = opset;
    this.graph = experiment.graph;
    this.outputs = outputs.length;
    this.#inputs = inputs;
    this.#attributes = attributes;
    this.#experiment = experiment;
  }

  /** How many inputs are written, omitted ones in between counted. */
  get count(): number {
    return this.#inputs.length;
  }

  has(input: number): boolean {
    return this.#inputs[input] != null;
  }

  /** An input as a tensor of the graph. */
  x(input: number): Tensor {
    const known = this.#tensors.get(input);
    if (known !== undefined) return known;
    const tensor = this.#experiment.feed(`x${input}`, this.case(input));
    this.#tensors.set(input, tensor);
    return tensor;
  }

  /** An optional input as a tensor. */
  optional(input: number): Tensor | undefined {
    return this.has(input) ? this.x(input) : undefined;
  }

  /** All inputs as tensors. */
  all(): Tensor[] {
    return this.#inputs.map((_, i) => this.x(i));
  }

  /** The numbers of an input that the library takes as an attribute: shapes, axes, scales. */
  numbers(input: number): number[] {
    return this.case(input).data.map(Number);
  }

  /** The numbers of an optional input; undefined where it is omitted. */
  optionalNumbers(input: number): number[] | undefined {
    return this.has(input) ? this.numbers(input) : undefined;
  }

  /** An input as it stands in the case: its ONNX type, its shape. */
  case(input: number): CaseTensor {
    const tensor = this.#inputs[input];
    if (tensor == null) throw new Error(`${this.op} without its input ${input}`);
    return tensor;
  }

  dtype(input: number): CaseDType {
    return this.case(input).dtype;
  }

  /** The engine's element type for one of the case's. */
  dtypeOf(dtype: CaseDType): DType {
    return this.#experiment.dtypes(dtype);
  }

  /** Whether an attribute is set. */
  sets(name: string): boolean {
    return this.#attributes[name] != null;
  }

  int(name: string, otherwise?: number): number {
    return this.#attribute(name, otherwise);
  }

  float(name: string, otherwise?: number): number {
    return this.#attribute(name, otherwise);
  }

  flag(name: string, otherwise: 0 | 1 = 0): boolean {
    return this.#attribute<number>(name, otherwise) !== 0;
  }

  text<T extends string>(name: string, otherwise?: T): T {
    return this.#attribute(name, otherwise);
  }

  ints(name: string, otherwise?: readonly number[]): readonly number[] {
    return this.#attribute(name, otherwise);
  }

  /** A list of numbers that is not always set. */
  optionalInts(name: string): readonly number[] | undefined {
    return this.sets(name) ? this.ints(name) : undefined;
  }

  /** A tensor-valued attribute. */
  tensor(name: string): CaseTensor {
    return this.#attribute(name);
  }

  #attribute<T>(name: string, otherwise?: T): T {
    const value = this.#attributes[name] ?? otherwise;
    if (value === undefined) throw new Error(`${this.op} without its attribute '${name}'`);
    // Case files are trusted for the types that ONNX gives its attributes.
    return value as T;
  }
}
