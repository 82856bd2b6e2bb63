import { Random } from '../../src/check/index.ts';
import { differenceWeights } from '../../src/check/stencil.ts';
import { inputAttributes } from '../../src/graph/input.ts';
import {
  array,
  CotangentError,
  compile,
  type Degree,
  isFloat,
  type NdArray,
  nodesById,
  sizeOf,
  type Tensor,
  type Type,
} from '../../src/index.ts';

/** Lines per input: half of them move all its elements, half of them one. */
const tries = 12;
/** Higher degrees are called smooth, as they are hard to tell from it. */
const highest = 4;
/** Small, so that few lines cross from one piece of a function to another. */
const step = 1 / 32;
/** Intervals that inputs are drawn from; the first in which the function is finite counts. */
const domains = [
  [0.3, 0.7],
  [1.3, 1.7],
] as const;
/** Values of leaves that cannot be just anything, by name, repeated as often as needed. */
const valuesOf: { readonly [name: string]: readonly number[] } = { boxes: [0, 0.6, 0.8, 4.3, 4.7] };

/**
 * The polynomial degree of tensors in every float leaf of their graph while the others stand still: the order from which
 * on differences along random lines vanish. Lines that cross a kink look smooth, and lines along which nothing happens
 * constant, so the highest degree between counts.
 */
export function measuredDegrees(tensors: readonly Tensor[]): { readonly [input: string]: Degree } {
  const floats = tensors.filter(({ dtype }) => isFloat(dtype));
  const [first] = floats;
  if (first === undefined) return {};
  const graph = first.graph.build(Object.fromEntries(floats.map((tensor, i) => [`${i}`, tensor])));
  const nodes = nodesById(graph);
  const leaves = Object.entries(graph.inputs).map(([name, id]) => ({ name, ...nodes.get(id)! }));
  const program = compile(graph);
  const run = (values: readonly NdArray[]): number[] => {
    const fed: { [name: string]: NdArray } = {};
    for (const [i, leaf] of leaves.entries())
      if (inputAttributes(leaf).role === 'input') fed[leaf.name] = values[i]!;
      else program.write(leaf.name, values[i]!);
    return Object.values(program.run(fed)).flatMap(({ data }) => Array.from(data));
  };
  const degrees: { [input: string]: Degree } = {};
  for (const [moved, { name, type }] of leaves.entries()) {
    if (!isFloat(type.dtype) || sizeOf(type.shape) === 0) continue;
    for (const domain of domains) {
      const found = Array.from({ length: tries }, (_, k) => degreeAlong(run, leaves, moved, domain, k));
      if (found.every((degree) => degree === undefined)) continue;
      degrees[name] = bestOf(found);
      break;
    }
  }
  return degrees;
}

function bestOf(found: readonly (Degree | undefined)[]): Degree {
  const between = found.filter((degree) => typeof degree === 'number' && degree > 0) as number[];
  if (between.length > 0) return Math.max(...between);
  return found.includes('smooth') ? 'smooth' : 0;
}

type Leaf = { readonly name: string; readonly type: Type };

function degreeAlong(
  run: (values: readonly NdArray[]) => readonly number[],
  leaves: readonly Leaf[],
  moved: number,
  [low, high]: readonly [number, number],
  line: number,
): Degree | undefined {
  const random = new Random(line, leaves[moved]!.name);
  const between = (source: Random, i: number, from: number, to: number): number =>
    from + ((to - from) * source.integer(i, 0, 1 << 20)) / (1 << 20);
  const at = leaves.map(({ name, type }) => {
    const source = random.fork(name);
    const given = valuesOf[name];
    return Array.from({ length: sizeOf(type.shape) }, (_, i) =>
      isFloat(type.dtype) ? (given?.[i % given.length] ?? between(source, i, low, high)) : 0,
    );
  });
  const alone = line % 2 === 0 ? undefined : random.integer(0, 0, at[moved]!.length - 1);
  const direction = at[moved]!.map((_, i) =>
    alone === undefined || alone === i ? random.sign(i) * between(random.fork('direction'), i, 0.5, 1) : 0,
  );
  const values: (readonly number[])[] = [];
  try {
    for (let k = 0; k < highest + 2; k++)
      values.push(
        run(
          leaves.map(({ type }, i) =>
            array(type, i === moved ? at[i]!.map((x, e) => x + k * step * direction[e]!) : at[i]!),
          ),
        ),
      );
  } catch (error) {
    // Refused at run time: it is not defined there.
    if (error instanceof CotangentError) return undefined;
    throw error;
  }
  if (values.some((list) => list.some((x) => !Number.isFinite(x)))) return undefined;
  for (let degree = 0; degree <= highest; degree++) if (vanishes(values, degree + 1)) return degree;
  return 'smooth';
}

function vanishes(values: readonly (readonly number[])[], order: number): boolean {
  const weights = differenceWeights(order);
  return values[0]!.every((_, i) => {
    const terms = weights.map((weight, k) => weight * values[k]![i]!);
    const size = terms.reduce((sum, term) => sum + Math.abs(term), 0);
    return Math.abs(terms.reduce((sum, term) => sum + term, 0)) <= 256 * Number.EPSILON * size;
  });
}
