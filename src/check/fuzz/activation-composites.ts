import type * as FastCheck from 'fast-check';
import type { Tensor } from '../../graph/tensor.ts';
import { crossEntropy, logSoftmax, mse, sigmoid, softmax, softplus } from '../../ops/index.ts';
import { type BridgeOperator, bridged, real } from '../foreign/bridge/bridged.ts';

const shapeOf = (fc: typeof FastCheck): FastCheck.Arbitrary<number[]> =>
  fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 });

const overAxis = (op: string, apply: (x: Tensor, axis: number) => Tensor): BridgeOperator =>
  bridged<{ readonly axis: number }>(
    op,
    '',
    (fc) =>
      fc.tuple(shapeOf(fc), fc.nat(3)).map(([shape, axis]) => ({
        inputs: { x: real(shape, 'smooth') },
        attributes: { axis: axis % shape.length },
        // Cotangents that are alike cancel.
        condition: 4,
      })),
    ({ x }, { axis }) => apply(x!, axis),
  );

const ofElements = (op: string, apply: (x: Tensor) => Tensor): BridgeOperator =>
  bridged(
    op,
    '',
    (fc) => shapeOf(fc).map((shape) => ({ inputs: { x: real(shape, 'smooth') }, attributes: {} })),
    ({ x }) => apply(x!),
  );

const reductions = ['mean', 'sum', 'none'] as const;
type Reduced = { readonly reduction: (typeof reductions)[number] };

const entropy: BridgeOperator = bridged<Reduced & { readonly labelSmoothing: number }>(
  'crossEntropy',
  '',
  (fc) =>
    fc
      .record({
        batch: fc.integer({ min: 1, max: 3 }),
        classes: fc.integer({ min: 1, max: 4 }),
        places: fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 2 }),
        first: fc.nat(3),
        labelSmoothing: fc.constantFrom(0, 0.25),
        reduction: fc.constantFrom(...reductions),
      })
      .map(({ batch, classes, places, first, labelSmoothing, reduction }) => {
        const shape = [batch, ...places];
        const count = shape.reduce((a, b) => a * b);
        return {
          inputs: {
            logits: real([batch, classes, ...places], 'smooth'),
            target: {
              type: { dtype: 'i32', shape },
              values: Array.from({ length: count }, (_, i) => (first + i) % classes),
            },
          },
          attributes: { labelSmoothing, reduction },
          condition: 4,
        };
      }),
  ({ logits, target }, options) => crossEntropy(logits!, target as Tensor<readonly number[], 'i32'>, options) as Tensor,
);

const squares: BridgeOperator = bridged<Reduced>(
  'mse',
  '',
  (fc) =>
    fc.tuple(shapeOf(fc), fc.constantFrom(...reductions)).map(([shape, reduction]) => ({
      inputs: { prediction: real(shape, 2), target: real(shape, 2) },
      attributes: { reduction },
    })),
  ({ prediction, target }, options) => mse(prediction!, target!, options) as Tensor,
);

/** Activations and losses, drawn with their options. */
export const activationComposites: readonly BridgeOperator[] = [
  overAxis('softmax', (x, axis) => softmax(x, axis)),
  overAxis('logSoftmax', (x, axis) => logSoftmax(x, axis)),
  ofElements('sigmoid', sigmoid),
  ofElements('softplus', softplus),
  entropy,
  squares,
];
