import { fail } from '../../graph/error.ts';
import { nondiff, type Op } from '../../graph/op.ts';
import { sameShape, sizeOf } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { f64, i32, showType } from '../../graph/type.ts';
import { defineOp } from '../define.ts';
import { beats } from '../reduce/beats.ts';
import { gatherCases } from './gather-cases.ts';
import { sharedAxes } from './shared-axes.ts';

/** Which of several elements that share a position keeps it; `'error'` refuses any that do, when the graph runs. */
export type Sharing = 'first' | 'last' | 'max' | 'error';

export interface KeepOneAttributes {
  /** How many leading axes stand apart: a position is shared only within them. */
  readonly batch: number;
  readonly rule: Sharing;
}

/**
 * The record of `keepOne`. A primitive, as finding who shares a position takes one pass in a kernel, and a comparison of
 * all with all in any graph of others.
 */
export const keepOneOp: Op<'x' | 'at', KeepOneAttributes> = defineOp('keepOne', {
  doc:
    'i32 positions `at` with −1 for all but one of the elements that share a position: the first or last of them in ' +
    'row-major order, or the one whose x is greatest (the first of equal ones; NaN is greater than every number). ' +
    'Scattering x there writes each place at most once. Negative positions stay as they are.',
  infer: ({ x, at }, { batch, rule }) => {
    sharedAxes(x, at, batch);
    if (!sameShape(x.shape, at.shape))
      fail('scatter/shape', `x ${showType(x)} and at ${showType(at)} differ`, 'give one position per value.');
    if (rule !== 'first' && rule !== 'last' && rule !== 'max' && rule !== 'error')
      fail('keep-one/rule', `unknown rule '${String(rule)}'`, "use 'first', 'last', 'max' or 'error'.");
    return { dtype: 'i32', shape: at.shape };
  },
  kernel: ({ x, at }, { batch, rule }, y) => {
    const size = sizeOf(at.shape.slice(batch));
    for (let start = 0; start < at.data.length; start += size) {
      const holders = new Map<number, number>();
      for (let i = start; i < start + size; i++) {
        const position = at.data[i]!;
        y.data[i] = position;
        if (position < 0) continue;
        const holder = holders.get(position);
        const takes = holder === undefined || takesOver(x.data[i]!, x.data[holder]!, rule, position);
        if (takes) holders.set(position, i);
        const loser = takes ? holder : i;
        if (loser !== undefined) y.data[loser] = -1;
      }
    }
  },
  vjp: { x: nondiff('who keeps a position changes only in jumps'), at: nondiff('positions are no real numbers') },
  degree: {},
  cases: (fc) =>
    fc
      .record({
        geometry: gatherCases(fc),
        rule: fc.constantFrom('first' as const, 'last' as const, 'max' as const),
      })
      .map(({ geometry: { lead, reads, draw }, rule }) => ({
        types: { x: f64(...lead, ...reads), at: i32(...lead, ...reads) },
        attributes: { batch: lead.length, rule },
        draw: { x: { kind: 'distinct' as const }, at: draw },
      })),
  reach: (_, { batch }) => ({ x: { kind: 'sharing', by: 'at', batch }, at: { kind: 'sharing', by: 'at', batch } }),
  passes: 'at',
  flops: () => 0,
  example: (g) => keepOne(g.input('x', f64(2, 4)), g.input('at', i32(2, 4)), { batch: 1, rule: 'last' }),
});

/** Positions with −1 for all but one of the elements that share one. */
export const keepOne = (x: Tensor, at: Tensor, attributes: KeepOneAttributes): Tensor =>
  keepOneOp({ x, at }, attributes);

function takesOver(next: number, held: number, rule: Sharing, position: number): boolean {
  if (rule === 'error')
    fail(
      'keep-one/shared',
      `two elements stand at position ${position}`,
      "let windows not overlap, or choose what happens: onDuplicate 'sum', 'last' or 'max'.",
    );
  return rule === 'last' || (rule === 'max' && beats(next, held, 'first'));
}
