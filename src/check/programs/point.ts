import type { Arrays } from '../../backends/backend.ts';
import { isFloat } from '../../graph/dtype.ts';
import { inputAttributes } from '../../graph/input.ts';
import { array, type NdArray } from '../../graph/nd-array.ts';
import type { Draw } from '../../graph/op.ts';
import type { Type } from '../../graph/type.ts';
import { defaultDraw, drawPoint } from '../draw.ts';
import { Random } from '../random.ts';
import type { Leaf } from './grow.ts';
import type { Distribution } from './random-program.ts';

/** Numbers for all inputs of a program. */
export const feedsFor = (leaves: readonly Leaf[], distribution: Distribution, seed: number): Arrays =>
  Object.fromEntries(
    leaves.map(({ tensor, draw }) => {
      const { name } = inputAttributes(tensor.node);
      return [name, pointFor(name, tensor, draw, distribution, seed)];
    }),
  );

/** Numbers for one input: of its own kind where it has one, otherwise of the program’s distribution. */
export function pointFor(
  name: string,
  type: Type,
  draw: Draw | undefined,
  distribution: Distribution,
  seed: number,
): NdArray {
  const random = new Random(seed, name);
  if (!isFloat(type.dtype) || (draw !== undefined && draw.kind !== 'dyadic'))
    return distribution === 'reals' && (draw?.kind === 'distinct' || draw?.kind === 'between')
      ? jittered(drawPoint(type, draw, random), random)
      : drawPoint(type, draw ?? defaultDraw(type), random);
  if (distribution === 'dyadic') return drawPoint(type, { kind: 'dyadic' }, random);
  if (distribution === 'integers') return drawPoint(type, { kind: 'integers', low: -2, high: 2 }, random);
  const point = array(type);
  for (let i = 0; i < point.data.length; i++) point.data[i] = numberAt(distribution, i, random);
  return point;
}

const edges = [0, -0, 1, -1, 2 ** -149, -(2 ** -140), 2 ** 100, -(2 ** 127), Infinity, -Infinity, NaN, 0.5];

/** Off the lattice, where operands of several kinds might meet. */
function jittered(point: NdArray, random: Random): NdArray {
  for (let i = 0; i < point.data.length; i++) point.data[i] = point.data[i]! + numberAt('reals', i, random) / 32;
  return point;
}

function numberAt(distribution: 'reals' | 'scales' | 'edges', i: number, random: Random): number {
  if (distribution === 'edges') return edges[random.integer(i, 0, edges.length - 1)]!;
  const real = (random.sign(i) * (random.integer(i, 1, 2 ** 22) - 0.5)) / 2 ** 21;
  return distribution === 'reals' ? real : real * 2 ** random.integer(~(i + 7), -20, 20);
}
