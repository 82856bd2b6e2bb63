import type { GraphBuilder } from '../../graph/builder.ts';
import { type DType, type FloatDType, isFloat } from '../../graph/dtype.ts';
import { fail } from '../../graph/error.ts';
import { type Op, zero } from '../../graph/op.ts';
import { type Shape, sizeOf } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { f64, i32, showType, type Type } from '../../graph/type.ts';
import { checkConstantType, full } from '../constant/full.ts';
import { defineOp } from '../define.ts';
import { fraction, keyOf, philox4x32, streamOf } from './philox.ts';

export interface RandomAttributes {
  readonly dtype: DType;
  readonly shape: Shape;
  /** A whole number; its lower 64 bits are the key. */
  readonly seed: number;
  /** Streams of other names are independent. */
  readonly stream: string;
}

/** The record of `random`. */
export const randomOp: Op<'step', RandomAttributes> = defineOp('random', {
  doc: 'Numbers evenly in [0, 1) that depend on nothing but seed, stream, `step` (an i32 scalar) and their flat position: two per block of Philox4x32-10, in steps of 2⁻⁵³ (f32: 2⁻²⁴).',
  infer: ({ step }, { dtype, shape, seed, stream }) => {
    checkConstantType({ dtype, shape });
    if (!isFloat(dtype))
      fail('random/dtype', `${showType({ dtype, shape })} is not a float type`, 'draw f32 or f64 and compare or cast.');
    if (step.dtype !== 'i32' || step.shape.length !== 0)
      fail('random/step', `the step is ${showType(step)}, not an i32 scalar`, 'count steps in a state i32().');
    if (!Number.isSafeInteger(seed) || typeof stream !== 'string')
      fail('random/seed', `seed ${String(seed)}, stream ${String(stream)}`, 'give a whole number and a name.');
    return { dtype, shape };
  },
  kernel: ({ step }, { seed, stream, dtype }, { data: y }) => {
    const key = keyOf(seed);
    const name = streamOf(stream);
    const round = step.data[0]! >>> 0;
    for (let i = 0; i < y.length; i += 2) {
      const words = philox4x32([i / 2, round, ...name], key);
      y[i] = inDType(fraction(words[0], words[1]), dtype);
      if (i + 1 < y.length) y[i + 1] = inDType(fraction(words[2], words[3]), dtype);
    }
  },
  vjp: { step: zero('the numbers of another step have nothing to do with those of this one') },
  degree: {},
  cases: (fc) =>
    fc.record({
      types: fc.constant({ step: i32() }),
      attributes: fc.record({
        dtype: fc.constantFrom('f64', 'f32'),
        shape: fc.array(fc.nat(3), { maxLength: 3 }),
        seed: fc.nat(),
        stream: fc.constantFrom('a', 'b'),
      }),
    }),
  // Ten rounds of about six operations for two elements.
  flops: ({ y }) => 30 * sizeOf(y.shape),
  example: (g) => random(g, f64(2, 3), { seed: 1, stream: 'example', step: g.input('step', i32()) }),
});

/** Cut, not rounded: it must stay below 1. */
const inDType = (x: number, dtype: DType): number => (dtype === 'f32' ? Math.floor(x * 2 ** 24) / 2 ** 24 : x);

/** What a draw depends on. */
export interface RandomOptions {
  /** A whole number: 0 unless given. */
  readonly seed?: number;
  /** A name: draws of one seed and other streams are independent. Empty unless given. */
  readonly stream?: string;
  /** An i32 scalar that changes from run to run, such as a count of steps kept as state; without it every run draws the same. */
  readonly step?: Tensor<readonly [], 'i32'>;
}

/**
 * Numbers evenly in [0, 1). The same seed, stream and step give the same numbers, whatever else the graph computes and on
 * whichever backend; those of step 0 are what `randomStream` of `cotangent/nn` gives.
 */
export const random = <const S extends Shape, D extends FloatDType>(
  g: GraphBuilder,
  { dtype, shape }: Type<S, D>,
  { seed = 0, stream = '', step }: RandomOptions = {},
): Tensor<S, D> =>
  randomOp({ step: step ?? full(g, i32(), 0) }, { dtype, shape: [...shape], seed, stream }) as Tensor as Tensor<S, D>;
