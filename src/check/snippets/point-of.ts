import type { Arrays } from '../../backends/backend.ts';
import type { Draw } from '../../graph/op.ts';
import type { Type } from '../../graph/type.ts';
import { drawPoint } from '../draw.ts';
import { Random } from '../random.ts';

/** The point at which a gradient check with this seed looks first. */
export const pointOf = (
  operands: readonly { readonly name: string; readonly type: Type; readonly draw: Draw }[],
  seed: number,
): Arrays => {
  const random = new Random(seed);
  return Object.fromEntries(operands.map(({ name, type, draw }) => [name, drawPoint(type, draw, random.fork(name))]));
};
