import { isFloat } from '../../graph/dtype.ts';
import type { Node } from '../../graph/graph.ts';
import { array, NdArray } from '../../graph/nd-array.ts';
import { sizeOf } from '../../graph/shape.ts';
import { degreeOf } from '../subject.ts';

type Operands = { readonly [name: string]: NdArray };

/** Half the distance from 1 to the next number. */
export const unitRoundoff: { readonly f32: number; readonly f64: number } = { f32: 2 ** -24, f64: 2 ** -53 };

/** Kernels of functions that no finite sum of products gives are this many units in the last place off at most. */
const smoothUlps = 8;

/** How far one node's result may be from what its operator makes of its operands, element by element. */
export interface Rounding {
  /** Nothing is rounded, in whatever order sums are taken. */
  readonly exact: boolean;
  at(i: number): number;
}

/**
 * The bound of one node's own roundings: γₙ·Σ|terms| with n the longest sum that there can be, the terms' sizes by the
 * operator's own kernel on absolute values; a few units in the last place for smooth functions.
 *
 * @param y what the operator gives for `operands`, in doubles.
 */
export function roundingOf(
  node: Node,
  operands: Operands,
  y: NdArray,
  unit: number,
  cautious: boolean = false,
): Rounding {
  const floats = Object.keys(operands).filter((name) => isFloat(operands[name]!.dtype));
  const degrees = floats.map((name) => degreeOf(node.op, name) ?? 0);
  const tiny = unit === unitRoundoff.f32 ? 2 ** -149 : 2 ** -1074;
  if (floats.length === 0) return { exact: false, at: (i) => unit * Math.abs(y.data[i]!) };
  if (degrees.includes('smooth'))
    return { exact: false, at: (i) => 2 * smoothUlps * unit * Math.abs(y.data[i]!) + smoothUlps * tiny };
  const sizes = termSizes(node, operands, floats, y);
  const byPosition = degrees.some((degree) => typeof degree === 'number' && degree > 1);
  // What is linear in all of its operands reads each of their elements once for a result.
  const counts = (byPosition ? Object.keys(operands) : floats).map((name) => sizeOf(operands[name]!.shape));
  const longest = 8 + (isElementwise(node, operands) ? 0 : byPosition ? Math.max(0, ...counts) : Math.min(...counts));
  const gamma = (longest * unit) / (1 - longest * unit);
  const rounds = node.op.rounds?.(operands, node.attributes) === true;
  const weights = numbersIn(node.attributes);
  // Whether a negative whole number in a list is a weight or a place, nothing says.
  const isSigned = listedIn(node.attributes).some((weight) => weight < 0 && Number.isInteger(weight));
  if (rounds || byPosition || cautious || isSigned) {
    const total = floats.reduce(
      (product, name, k) => product * Math.max(degrees[k] === 1 ? 0 : 1, absoluteSum(operands[name]!)),
      1,
    );
    const factor = Math.max(1, ...weights.map(Math.abs));
    const most = cautious && !rounds && !byPosition && !isSigned ? largest(sizes) : total * factor;
    return { exact: false, at: () => 4 * gamma * most + longest * tiny };
  }
  const grain = floats.reduce((product, name) => product * Math.min(1, grainOf(operands[name]!.data)), 1);
  // They may be multiplied with each other.
  const attributes = grainOf(weights) ** 2;
  const exact = degrees.length <= 2 && largest(sizes) * unit <= (grain * attributes) / 2 && grain > 0;
  return { exact, at: (i) => gamma * Math.max(Math.abs(y.data[i]!), sizes.data[i]!) + longest * tiny };
}

/** Whether every element is one operation on the elements at its place. */
const isElementwise = ({ op, attributes, type }: Node, operands: Operands): boolean =>
  numbersIn(attributes).length === 0 &&
  Object.values(operands).every(({ shape }) => `${shape}` === `${type.shape}`) &&
  op.flops({ ...operands, y: type }, attributes) <= sizeOf(type.shape);

/** The operator on absolute values: sums of the sizes of what it adds up. */
function termSizes({ op, attributes, type }: Node, operands: Operands, floats: readonly string[], y: NdArray): NdArray {
  const sizes = array({ dtype: y.dtype, shape: type.shape });
  const absolute: { [name: string]: NdArray } = { ...operands };
  for (const name of floats) {
    const { shape, data } = operands[name]!;
    if (degreeOf(op, name) === 1)
      absolute[name] = new NdArray({ dtype: 'f64', shape }, Float64Array.from(data, Math.abs));
  }
  op.kernel(absolute, positive(attributes) as object, sizes);
  for (let i = 0; i < sizes.data.length; i++) sizes.data[i] = Math.max(Math.abs(sizes.data[i]!), Math.abs(y.data[i]!));
  return sizes;
}

/** Attributes with weights in place of negative ones; whole numbers may be places and stay. */
function positive(value: unknown): unknown {
  if (typeof value === 'number') return Number.isInteger(value) ? value : Math.abs(value);
  if (Array.isArray(value)) return value.map(positive);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, positive(one)]));
}

const absoluteSum = ({ data }: NdArray): number => {
  let sum = 0;
  for (let i = 0; i < data.length; i++) sum += Math.abs(data[i]!);
  return sum;
};

const largest = ({ data }: NdArray): number => {
  let most = 0;
  for (let i = 0; i < data.length; i++) most = Math.max(most, Math.abs(data[i]!));
  return most;
};

/** The greatest power of two, down to 2⁻³⁰, that all numbers are multiples of; 0 where there is none. */
function grainOf(data: ArrayLike<number>): number {
  for (let grain = 1; grain >= 2 ** -30; grain /= 4) {
    let fits = true;
    for (let i = 0; fits && i < data.length; i++) fits = Number.isInteger(data[i]! / grain);
    if (fits) return grain;
  }
  return 0;
}

/** Those that stand in lists. */
function listedIn(value: unknown): number[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = Array.isArray(value) ? value.filter((one) => typeof one === 'number') : [];
  return [...own, ...Object.values(value).flatMap(listedIn)];
}

/** All numbers in attributes. */
function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : [];
}
