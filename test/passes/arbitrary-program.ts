import type * as FastCheck from 'fast-check';
import { type DType, type Graph, GraphBuilder, type Tensor } from '../../src/graph/index.ts';
import { full } from '../../src/ops/constant/full.ts';
import { addOp } from '../../src/ops/pointwise/add.ts';
import { castOp } from '../../src/ops/pointwise/cast.ts';
import { less } from '../../src/ops/pointwise/compare.ts';
import { mulOp } from '../../src/ops/pointwise/mul.ts';
import { negOp } from '../../src/ops/pointwise/neg.ts';
import { selectOp } from '../../src/ops/pointwise/select.ts';
import { subOp } from '../../src/ops/pointwise/sub.ts';
import { sumOp } from '../../src/ops/reduce/sum.ts';
import { broadcastOp } from '../../src/ops/shape/broadcast.ts';
import { concatOp } from '../../src/ops/shape/concat.ts';
import { flipOp } from '../../src/ops/shape/flip.ts';
import { padOp } from '../../src/ops/shape/pad-op.ts';
import { reshapeOp } from '../../src/ops/shape/reshape.ts';
import { sliceOp } from '../../src/ops/shape/slice.ts';
import { transposeOp } from '../../src/ops/shape/transpose.ts';

const numbers = [1, 0, -0, -1, 2, 0.1, Number.NaN, Infinity];

/** One node that follows from earlier ones, or none where it does not fit. Operators are called raw, so nothing is tidied up. */
const moves: { readonly [name: string]: (made: readonly Tensor[], pick: readonly number[]) => Tensor | undefined } = {
  add: (made, pick) => pair(made, pick, (a, b) => addOp({ a, b }, {})),
  sub: (made, pick) => pair(made, pick, (a, b) => subOp({ a, b }, {})),
  mul: (made, pick) => pair(made, pick, (a, b) => mulOp({ a, b }, {})),
  select: (made, pick) => pair(made, pick, (a, b) => selectOp({ condition: less(a, b), a, b }, {})),
  literal: (made, pick) => {
    const like = chosen(made, pick);
    const value = numbers[pick[1]! % numbers.length]!;
    return full(like.graph, like, like.dtype === 'i32' ? (Number.isFinite(value) ? value | 0 : 3) : value);
  },
  neg: (made, pick) => negOp({ x: chosen(made, pick) }, {}),
  cast: (made, pick) => castOp({ x: chosen(made, pick) }, { dtype: dtypeAt(pick[1]!) }),
  transpose: (made, pick) => {
    const x = chosen(made, pick);
    // Turned or swapped: those do not commute, so the order of composition shows.
    const [first, ...rest] = x.shape.map((_, k) => k);
    const permutation =
      first === undefined
        ? []
        : pick[1]! % 2 === 0
          ? [...rest, first]
          : [rest[0] ?? first, ...(rest.length > 0 ? [first] : []), ...rest.slice(1)];
    return transposeOp({ x }, { permutation });
  },
  reshape: (made, pick) => {
    const x = chosen(made, pick);
    const size = x.shape.reduce((a, b) => a * b, 1);
    return reshapeOp({ x }, { shape: [[size], [1, size], [...x.shape], [...x.shape].reverse()][pick[1]! % 4]! });
  },
  flip: (made, pick) => {
    const x = chosen(made, pick);
    return flipOp({ x }, { axes: x.shape.map((_, k) => k).filter((k) => (pick[1]! >> k) & 1) });
  },
  broadcast: (made, pick) => {
    const x = chosen(made, pick);
    if (x.shape.length > 2) return undefined;
    const at = pick[1]! % (x.shape.length + 1);
    const shape = pick[2]! % 3 === 0 ? [...x.shape] : [...x.shape.slice(0, at), 2, ...x.shape.slice(at)];
    const axes = x.shape.map((_, k) => (shape.length > x.shape.length && k >= at ? k + 1 : k));
    return broadcastOp({ x }, { shape, axes });
  },
  sum: (made, pick) => {
    const x = chosen(made, pick);
    return sumOp({ x }, { axes: x.shape.map((_, k) => k).filter((k) => (pick[1]! >> k) & 1) });
  },
  slice: (made, pick) => {
    const x = chosen(made, pick);
    const starts = x.shape.map((size, k) => Math.min(size, (pick[1]! >> k) & 1));
    return sliceOp({ x }, { starts, limits: [...x.shape], steps: x.shape.map((_, k) => 1 + ((pick[2]! >> k) & 1)) });
  },
  pad: (made, pick) => {
    const x = chosen(made, pick);
    const amount = (i: number) => x.shape.map((_, k) => (pick[i]! >> k) & 1);
    return padOp({ x }, { lo: amount(1), hi: amount(2), interior: amount(0), value: 0 });
  },
  concat: (made, pick) => {
    const x = chosen(made, pick);
    if (x.shape.length === 0) return undefined;
    return concatOp(pick[1]! % 2 === 0 ? { x0: x } : { x0: x, x1: x }, { axis: 0 });
  },
};

const dtypeAt = (pick: number): DType => (['f64', 'f32', 'i32'] as const)[pick % 3]!;

/** The latest node more often than not, so that chains grow. */
const chosen = (made: readonly Tensor[], pick: readonly number[]): Tensor =>
  (pick[0]! % 3 === 0 ? made[pick[0]! % made.length] : made.at(-1))!;

function pair(
  made: readonly Tensor[],
  pick: readonly number[],
  op: (a: Tensor, b: Tensor) => Tensor,
): Tensor | undefined {
  const a = chosen(made, pick);
  const partners = made.filter((t) => t.dtype === a.dtype && `${t.shape}` === `${a.shape}`);
  return op(a, partners[pick[1]! % partners.length]!);
}

/** Programs of shipped operators that hold much for passes to find, with small tensors of three dtypes. */
export function arbitraryProgram(fc: typeof FastCheck): FastCheck.Arbitrary<Graph> {
  const picks = fc.array(fc.nat(60), { minLength: 3, maxLength: 3 });
  // Few kinds per program, so that an operator meets its own results.
  const steps = fc
    .subarray(Object.keys(moves), { minLength: 1, maxLength: 5 })
    .chain((kinds) => fc.array(fc.tuple(fc.constantFrom(...kinds), picks), { minLength: 1, maxLength: 25 }));
  return fc
    .record({
      shape: fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 3 }),
      steps,
      outputs: fc.array(fc.nat(60), { minLength: 1, maxLength: 4 }),
    })
    .map(({ shape, steps, outputs }) => {
      const g = new GraphBuilder();
      const made: Tensor[] = [g.input('x', { dtype: 'f64', shape }), g.state('m', { dtype: 'f64', shape })];
      for (const [move, pick] of steps) {
        const next = g.scope(move, () => moves[move]!(made, pick));
        if (next !== undefined && next.shape.reduce((a, b) => a * b, 1) <= 200) made.push(next);
      }
      const update = made.findLast((t) => t.dtype === 'f64' && `${t.shape}` === `${shape}`)!;
      return g.build(
        Object.fromEntries(outputs.map((pick, i) => [`y${i}`, made[made.length - 1 - (pick % made.length)]!])),
        { m: update },
      );
    });
}
