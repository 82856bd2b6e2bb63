import type { DType } from '../../graph/dtype.ts';
import type { Op } from '../../graph/op.ts';
import { eachElement } from '../../graph/reach.ts';
import type { Shape } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { f64 } from '../../graph/type.ts';
import { defineOp } from '../define.ts';
import { numbers, singles } from '../pointwise/cases.ts';

export interface BarrierAttributes {
  /** Barriers of different regions are different nodes, even of the same x. */
  readonly region: string;
}

/** The record of `barrier`. */
export const barrierOp: Op<'x', BarrierAttributes> = defineOp('barrier', {
  doc: 'x itself, which nothing may merge with the x before it: what is computed from here is computed again.',
  infer: ({ x }) => x,
  kernel: ({ x }, _, y) => {
    y.data.set(x.data);
  },
  vjp: { x: ({ ct }) => ct },
  degree: { x: 1 },
  irrelevant: { region: 'names the barrier, changes no value' },
  cases: (fc) => singles(numbers)(fc).map(({ types }) => ({ types, attributes: { region: 'again' } })),
  reach: eachElement,
  flops: () => 0,
  onnx: () => ({ op: 'Identity', attributes: {} }),
  example: (g) => barrier(g.input('x', f64(2, 3)), 'again'),
});

/** x itself, apart: two barriers merge only if they are of one region. */
export const barrier = <S extends Shape, D extends DType>(x: Tensor<S, D>, region: string): Tensor<S, D> =>
  barrierOp({ x }, { region }) as Tensor<S, D>;
