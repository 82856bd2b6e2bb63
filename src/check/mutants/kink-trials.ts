import { array, type NdArray } from '../../graph/nd-array.ts';
import type { AnyOp } from '../../graph/op.ts';
import { dot, movedAt } from '../compare.ts';
import { measureKink } from '../kinks.ts';
import { kinkStep, oneSidedDerivative } from '../one-sided.ts';
import type { Pullback } from '../schemes/scheme.ts';
import { applyRule, ruleOf, stageOf, type Trial } from './trial.ts';

/** Trials at the declared kinks, where the true derivative is the side that the operator takes. */
export function kinkTrials(op: AnyOp): Trial[] {
  return (op.kinks ?? []).map((kink) => {
    const { attributes, input, takes } = kink;
    const inputs = Object.fromEntries(
      Object.entries(kink.types).map(([name, type]) => [name, array(type, kink.at[name]!)]),
    );
    const { u, gradient, sides } = measureKink({
      ...kink,
      name: op.name,
      build: (tensors, g) => g.emit(op, tensors, attributes),
    });
    const at = inputs[input]!;
    const expected = sides.map(({ left, right }, i) => (takes[i] === 'zero' ? 0 : takes[i] === 'left' ? left : right));
    const agrees = ({ data }: NdArray): boolean =>
      sides.every(({ tolerance }, i) => Math.abs(data[i]! - expected[i]!) <= tolerance);
    const { bench, values } = stageOf({ op, attributes, inputs, u });
    const program = bench.program({ y: values.y! });
    const evaluate = (value: NdArray): NdArray => program({ [input]: value }).y!;
    const side = (direction: 1 | -1): Pullback => {
      const moved = (u: NdArray, i: number): number =>
        oneSidedDerivative((steps) => dot(u, evaluate(movedAt(at, i, steps * kinkStep))), direction).value;
      return (u) =>
        array(
          at,
          Array.from(at.data, (_, i) => moved(u, i)),
        );
    };
    const others = [
      { name: 'the left derivative', pull: side(-1) },
      { name: 'the right derivative', pull: side(1) },
      { name: 'no derivative', pull: () => array(at) },
    ];
    return {
      op,
      key: input,
      attributes,
      inputs,
      u,
      at,
      evaluate,
      pull: applyRule({ op, key: input, attributes, inputs, u }, ruleOf(op, input)!),
      gradient,
      agrees,
      // The side that is taken is no other.
      otherSides: kink.singular === true ? [] : others.filter(({ pull }) => !agrees(pull(u))),
      exact: sides.every(({ tolerance }) => tolerance === 0),
      where: `kink at ${at}`,
    };
  });
}
