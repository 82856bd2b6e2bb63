import { tensorsOf } from '../../../scripts/docs/tensors-of.ts';
import {
  add,
  array,
  CotangentError,
  compile,
  f64,
  GraphBuilder,
  iota,
  isFloat,
  type NdArray,
  reshape,
  type Tensor,
  vjp,
} from '../../../src/index.ts';
import type { Edge } from './edge.ts';

/** What an edge case gives, in a line: `f64[2]{1, 2}; d_x {1, 2}`, or `refused: conv/window`. */
export function outcomeOf({ inputs, f }: Omit<Edge, 'gives'>): string {
  try {
    return outcome(inputs, f);
  } catch (error) {
    if (error instanceof CotangentError) return `refused: ${error.code}`;
    throw error;
  }
}

function outcome(inputs: Edge['inputs'], f: Edge['f']): string {
  const g = new GraphBuilder();
  const leaves = Object.entries(inputs).map(([name, value]) => [name, g.input(name, value)] as const);
  const outputs = tensorsOf(f(Object.fromEntries(leaves), g));
  const wrt = leaves.filter(([, { dtype }]) => isFloat(dtype));
  const y = outputs.find(([, { dtype }]) => isFloat(dtype))?.[1];
  const gradients =
    y === undefined || wrt.length === 0
      ? []
      : vjp(
          [y],
          wrt.map(([, leaf]) => leaf),
          [counting(g, y)],
        );
  const named = wrt.flatMap(([name], i) => (gradients[i] === undefined ? [] : [[`d_${name}`, gradients[i]] as const]));
  const all = compile(g.build(Object.fromEntries([...outputs, ...named]))).run(inputs);
  const several = outputs.length > 1;
  return [
    ...outputs.map(([name]) => `${several ? `${name} ` : ''}${short(all[name]!)}`),
    ...named.map(([name]) => `${name} ${short(all[name]!).replace(/^.*?\{/, '{')}`),
  ].join('; ');
}

/** 1, 2, 3, …, so that exchanged gradients do not look right. */
function counting(g: GraphBuilder, { shape }: Tensor): Tensor {
  const size = shape.reduce((a, b) => a * b, 1);
  return add(reshape(iota(g, f64(size), 0) as Tensor, shape) as Tensor, 1);
}

/** Values to four digits; many equal ones as one. */
function short(value: NdArray): string {
  const rounded = Array.from(value.data, (x) =>
    Number.isInteger(x) || !Number.isFinite(x) ? x : Number(x.toPrecision(4)),
  );
  if (rounded.length > 6 && rounded.every((x) => x === rounded[0]))
    return `${value.dtype}[${value.shape}]{all ${rounded[0]}}`;
  return `${array(value, rounded)}`;
}
