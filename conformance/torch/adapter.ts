import type { Tensor } from 'cotangent';

/** Attributes under PyTorch's names; which there are depends on the function. */
// biome-ignore lint/suspicious/noExplicitAny: vectors made elsewhere, one form per function
export type Attributes = any;

/** Tensors by PyTorch's argument names; lists as `tensors[0]`, `tensors[1]`, …. Nearly every function has an `input`. */
export interface Inputs {
  readonly [argument: string]: Tensor | undefined;
  readonly input: Tensor;
}

/** Tensors by PyTorch's result names, in PyTorch's order. */
export interface Outputs {
  readonly [output: string]: Tensor;
}

/** One of PyTorch's functions in terms of ours. */
export type Adapter = (inputs: Inputs, attributes: Attributes) => Outputs;

/** PyTorch's functions by their names there (`conv2d`, `interpolate`), as the field `op` of a case has them. */
export interface Adapters {
  readonly [op: string]: Adapter;
}

/** A function of one tensor. */
export const unary =
  (f: (x: Tensor) => Tensor): Adapter =>
  ({ input }) => ({ output: f(input) });

/** A function of two tensors; a number may stand for the second operand, then it is an attribute. */
export const binary =
  (f: (a: Tensor, b: Tensor | number) => Tensor): Adapter =>
  ({ input, other }, { other: number }) => ({ output: f(input, other ?? number) });

/** The tensors of a list argument in their order. */
export function listed(inputs: Inputs, argument: string): Tensor[] {
  const list: Tensor[] = [];
  for (let one = inputs[`${argument}[0]`]; one !== undefined; one = inputs[`${argument}[${list.length}]`])
    list.push(one);
  return list;
}

/** Options without those that are undefined or null, which is PyTorch's None: the library's defaults stand in. */
export const given = <T extends object>(options: T): { [K in keyof T]?: Exclude<T[K], null | undefined> } =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value != null)) as ReturnType<typeof given<T>>;
