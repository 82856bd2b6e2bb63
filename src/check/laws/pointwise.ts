import type * as FastCheck from 'fast-check';
import type { Draw } from '../../graph/op.ts';
import type { Tensor } from '../../graph/tensor.ts';
import {
  add,
  atan,
  ceil,
  constant,
  cos,
  div,
  erf,
  exp,
  expm1,
  floor,
  fmod,
  log,
  log1p,
  mul,
  neg,
  pow,
  round,
  sin,
  sqrt,
  square,
  sub,
  tan,
  tanh,
} from '../../ops/index.ts';
import { type Equation, type Law, law, statement } from './law.ts';

const shapes = (fc: typeof FastCheck): FastCheck.Arbitrary<{ count: number }> =>
  fc.record({ count: fc.integer({ min: 1, max: 12 }) });

/** Roundings of a few functions, each within some units of the last place. */
const rounds = 24;
/** Numbers from ½ to 2, so that results are of about that size too. */
const moderate: Draw = { kind: 'range', low: 0.25, high: 2.25 };

/** As large as anything on the way, for each element. */
const scale = (like: Tensor, most: number): Tensor =>
  constant(like.graph, like, new Array<number>(like.shape[0]!).fill(most)) as Tensor;

export const pointwiseLaws: readonly Law[] = [
  law({
    name: 'pointwise: functional equations',
    about: 'Exponentials, logarithms, powers and circular functions obey their addition theorems (DLMF 4).',
    ops: ['exp', 'log', 'expm1', 'log1p', 'sin', 'cos', 'tan', 'atan', 'tanh', 'sqrt', 'pow', 'erf', 'div'],
    cases: shapes,
    state: ({ count }) =>
      statement({ x: { shape: [count], draw: moderate }, y: { shape: [count], draw: moderate } }, ({ x, y }) => {
        const both = add(x, y) as Tensor;
        const double = exp(mul(x, 2) as Tensor);
        const equations: (readonly [of: string, left: Tensor, right: Tensor, most: number])[] = [
          ['exp(x + y)', exp(both), mul(exp(x), exp(y)) as Tensor, 90],
          ['log(x·y)', log(mul(x, y) as Tensor), add(log(x), log(y)) as Tensor, 4],
          ['expm1', expm1(x), sub(exp(x), 1) as Tensor, 10],
          ['log1p', log1p(x), log(add(x, 1) as Tensor), 4],
          ['sin² + cos²', add(square(sin(x)), square(cos(x))) as Tensor, div(x, x) as Tensor, 2],
          ['sin(x + y)', sin(both), add(mul(sin(x), cos(y)), mul(cos(x), sin(y))) as Tensor, 4],
          ['tan(atan)', tan(atan(x)), x, 8],
          ['tanh', tanh(x), div(sub(double, 1), add(double, 1)) as Tensor, 2],
          ['√²', square(sqrt(x)), x, 4],
          ['x^y', pow(x, y) as Tensor, exp(mul(y, log(x)) as Tensor), 16],
          ['erf is odd', erf(neg(x) as Tensor), neg(erf(x)) as Tensor, 1],
        ];
        return equations.map(
          ([of, left, right, most]): Equation => ({ of, left, right, rounds, size: scale(x, most) }),
        );
      }),
  }),
  law({
    name: 'pointwise: roundings',
    about:
      'Floor and ceil mirror one another; round is the nearest, halves to even; a remainder is what whole multiples leave.',
    ops: ['floor', 'ceil', 'round', 'fmod'],
    cases: shapes,
    state: ({ count }) =>
      statement({ x: { shape: [count] }, y: { shape: [count] } }, ({ x, y }) => [
        { of: 'ceil', left: ceil(x), right: neg(floor(neg(x) as Tensor)) as Tensor },
        { of: 'floor', left: floor(x), right: ({ x }) => Array.from(x!.data, (v) => v - (((v % 1) + 1) % 1)) },
        {
          of: 'round',
          left: round(x),
          right: ({ x }) =>
            Array.from(x!.data, (v) => {
              const below = v - (((v % 1) + 1) % 1);
              const over = v - below;
              return over < 0.5 || (over === 0.5 && below % 2 === 0) ? below : below + 1;
            }),
        },
        {
          of: 'fmod',
          left: fmod(x, y) as Tensor,
          right: ({ x, y }) => Array.from(x!.data, (v, i) => v - Math.trunc(v / y!.data[i]!) * y!.data[i]!),
        },
      ]),
  }),
];
