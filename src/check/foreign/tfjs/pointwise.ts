import type * as FastCheck from 'fast-check';
import type { Degree, Draw } from '../../../graph/op.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import {
  abs,
  acosh,
  add,
  asin,
  asinh,
  atan,
  atanh,
  clip,
  cos,
  cosh,
  div,
  elu,
  erf,
  exp,
  expm1,
  leakyRelu,
  log,
  log1p,
  maximum,
  minimum,
  mul,
  neg,
  pow,
  reciprocal,
  relu,
  relu6,
  selu,
  sigmoid,
  sin,
  sinh,
  softplus,
  sqrt,
  square,
  sub,
  tan,
  tanh,
} from '../../../ops/index.ts';
import { type Argument, input } from '../expression.ts';
import { f32, seeded } from '../foreign-operator.ts';
import type { TfjsOperator } from './tfjs-operator.ts';

const off: Draw = { kind: 'between' };
const positive: Draw = { kind: 'range', low: 0.5, high: 2 };
const inside: Draw = { kind: 'range', low: -0.75, high: 0.75 };
const zeros: Draw = { kind: 'integers', low: -1, high: 1 };

interface Function1 {
  readonly name: string;
  readonly degree?: Degree;
  readonly draw?: Draw;
  readonly call?: string;
  readonly kink?: boolean;
  readonly more?: readonly Argument[];
  readonly reference: (x: Tensor) => Tensor;
}

const shapes = (fc: typeof FastCheck): FastCheck.Arbitrary<number[]> =>
  fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 3 });

const unary = ({
  name,
  call = name,
  degree = 'smooth',
  draw,
  kink = false,
  more = [],
  reference,
}: Function1): TfjsOperator => ({
  name,
  cases: (fc) =>
    seeded(
      fc,
      shapes(fc).map((shape) => ({
        inputs: { x: f32(shape, { degree, ...(draw && { draw }) }) },
        attributes: {},
        kink,
      })),
    ),
  call: () => ({ call, args: [input('x'), ...more] }),
  reference: ({ x }) => reference(x!),
});

interface Function2 {
  readonly name: string;
  readonly call?: string;
  readonly degrees?: readonly [a: Degree, b: Degree];
  readonly draws?: readonly [a: Draw, b: Draw];
  readonly kink?: boolean;
  readonly reference: (a: Tensor, b: Tensor) => Tensor;
}

/** Shapes that broadcast against each other. */
const pairsOfShapes = (fc: typeof FastCheck): FastCheck.Arbitrary<readonly [number[], number[]]> =>
  fc.array(fc.tuple(fc.integer({ min: 1, max: 3 }), fc.boolean(), fc.boolean()), { maxLength: 3 }).chain((axes) =>
    fc.tuple(
      fc.constant(axes.map(([size, one]) => (one ? 1 : size))),
      fc.nat(axes.length).map((from) => axes.slice(from).map(([size, , one]) => (one ? 1 : size))),
    ),
  );

const binary =
  (broadcast: boolean) =>
  ({ name, call = name, degrees = ['smooth', 'smooth'], draws, kink = false, reference }: Function2): TfjsOperator => ({
    name: broadcast ? `${name} broadcast` : name,
    cases: (fc) =>
      seeded(
        fc,
        (broadcast ? pairsOfShapes(fc) : shapes(fc).map((shape) => [shape, shape] as const)).map(([a, b]) => ({
          inputs: {
            a: f32(a, { degree: degrees[0], ...(draws && { draw: draws[0] }) }),
            b: f32(b, { degree: degrees[1], ...(draws && { draw: draws[1] }) }),
          },
          attributes: {},
          kink,
        })),
      ),
    call: () => ({ call, args: [input('a'), input('b')] }),
    reference: ({ a, b }) => reference(a!, b!),
  });

const apart: readonly [Draw, Draw] = [
  { kind: 'distinct', offset: -4 },
  { kind: 'distinct', offset: -4.5 },
];

const ofOne: readonly Function1[] = [
  { name: 'abs', degree: 1, draw: off, reference: abs },
  { name: 'abs at 0', call: 'abs', degree: 1, draw: zeros, kink: true, reference: abs },
  { name: 'acosh', draw: { kind: 'range', low: 1.5, high: 3 }, reference: acosh },
  { name: 'asin', draw: inside, reference: asin },
  { name: 'asinh', reference: asinh },
  { name: 'atan', reference: atan },
  { name: 'atanh', draw: inside, reference: atanh },
  { name: 'clipByValue', degree: 1, draw: off, more: [-1, 1], reference: (x) => clip(x, -1, 1) },
  { name: 'cos', reference: cos },
  { name: 'cosh', reference: cosh },
  { name: 'elu', draw: off, reference: (x) => elu(x) },
  { name: 'erf', reference: erf },
  { name: 'exp', reference: exp },
  { name: 'expm1', reference: expm1 },
  { name: 'leakyRelu', degree: 1, draw: off, more: [0.25], reference: (x) => leakyRelu(x, 0.25) },
  { name: 'log', draw: positive, reference: log },
  { name: 'log1p', draw: positive, reference: log1p },
  { name: 'neg', degree: 1, reference: neg },
  { name: 'reciprocal', draw: positive, reference: reciprocal },
  { name: 'relu', degree: 1, draw: off, reference: (x) => relu(x) },
  { name: 'relu at 0', call: 'relu', degree: 1, draw: zeros, kink: true, reference: (x) => relu(x) },
  { name: 'relu6', degree: 1, draw: { kind: 'between', step: 3 }, reference: (x) => relu6(x) },
  { name: 'rsqrt', draw: positive, reference: (x) => reciprocal(sqrt(x)) },
  { name: 'selu', draw: off, reference: (x) => selu(x) },
  { name: 'sigmoid', reference: (x) => sigmoid(x) },
  { name: 'sin', reference: sin },
  { name: 'sinh', reference: sinh },
  { name: 'softplus', reference: (x) => softplus(x) },
  { name: 'sqrt', draw: positive, reference: sqrt },
  { name: 'square', degree: 2, reference: square },
  { name: 'tan', draw: inside, reference: tan },
  { name: 'tanh', reference: tanh },
];

const ofTwo: readonly Function2[] = [
  { name: 'add', degrees: [1, 1], reference: add },
  { name: 'sub', degrees: [1, 1], reference: sub },
  { name: 'mul', degrees: [1, 1], reference: mul },
  { name: 'div', draws: [off, positive], reference: div },
  { name: 'squaredDifference', degrees: [2, 2], reference: (a: Tensor, b: Tensor) => square(sub(a, b)) },
  { name: 'maximum', degrees: [1, 1], draws: apart, reference: maximum },
  { name: 'minimum', degrees: [1, 1], draws: apart, reference: minimum },
  { name: 'maximum ties', call: 'maximum', degrees: [1, 1], draws: [zeros, zeros], kink: true, reference: maximum },
  { name: 'minimum ties', call: 'minimum', degrees: [1, 1], draws: [zeros, zeros], kink: true, reference: minimum },
  { name: 'pow', draws: [positive, inside], reference: pow },
];

/** Functions of single elements, and of pairs that broadcast. */
export const pointwise: readonly TfjsOperator[] = [
  ...ofOne.map(unary),
  ...ofTwo.map(binary(false)),
  ...ofTwo.map(binary(true)),
];
