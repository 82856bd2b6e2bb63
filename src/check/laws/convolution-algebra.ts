import type { Tensor } from '../../graph/tensor.ts';
import { add, type ConvOptions, constant, conv2d, convolve1d, convolve2d, mul, roll, sum } from '../../ops/index.ts';
import { convCase, operands } from './conv-case.ts';
import { type Law, type LawInput, law, statement } from './law.ts';
import { optionsOf, type Window } from './windows.ts';

const conv: (x: Tensor, w: Tensor, options?: ConvOptions) => Tensor = conv2d;
const convolve: (x: Tensor, w: Tensor, options?: ConvOptions) => Tensor = convolve2d;
/** One input and one output channel: what is commutative and associative. */
const plane = (axes: readonly Window[], of: 'length' | 'kernel'): LawInput => ({
  shape: [1, 1, ...axes.map((axis) => axis[of])],
});
const single = convCase({ stride: 1, dilation: 1, padding: 0 }, 1);

/** What convolutions have in common with products. */
export const convolutionAlgebra: readonly Law[] = [
  law({
    name: 'conv: commutative',
    about: 'In full mode kernel and image of a convolution may change places (operators.md 22).',
    ops: ['convolve2d'],
    cases: single,
    state: ({ axes }) =>
      statement({ x: plane(axes, 'length'), w: plane(axes, 'kernel') }, ({ x, w }) => ({
        left: convolve(x, w, { padding: 'full' }),
        right: convolve(w, x, { padding: 'full' }),
        wrt: ['x', 'w'],
      })),
  }),
  law({
    name: 'conv: associative',
    about: 'In full mode (x ∗ v) ∗ w = x ∗ (v ∗ w) (operators.md 22).',
    ops: ['convolve2d'],
    cases: single,
    state: ({ axes }) =>
      statement({ x: plane(axes, 'length'), v: plane(axes, 'kernel'), w: { shape: [1, 1, 2, 3] } }, ({ x, v, w }) => {
        const full = { padding: 'full' } as const;
        return {
          left: convolve(convolve(x, v, full), w, full),
          right: convolve(x, convolve(v, w, full), full),
          wrt: ['x', 'v', 'w'],
        };
      }),
  }),
  law({
    name: 'conv: polynomials',
    about: 'A full convolution in one dimension multiplies polynomials: at 2, values multiply (operators.md 22).',
    ops: ['convolve1d'],
    cases: (fc) => fc.record({ a: fc.integer({ min: 1, max: 6 }), b: fc.integer({ min: 1, max: 4 }) }),
    state: ({ a, b }) =>
      statement({ x: { shape: [1, 1, a] }, w: { shape: [1, 1, b] } }, ({ x, w }, g) => {
        const at2 = (p: Tensor): Tensor => {
          const powers = Array.from({ length: p.shape[2]! }, (_, k) => 2 ** k);
          return sum(mul(p, constant(g, { dtype: p.dtype, shape: [powers.length] }, powers)) as Tensor);
        };
        const product = convolve1d(x, w, { padding: 'full' });
        return { left: at2(product), right: mul(at2(x), at2(w)) as Tensor, wrt: ['x', 'w'] };
      }),
  }),
  law({
    name: 'conv: shifts',
    about:
      'With circular padding a shift of the input shifts the result (translation equivariance; Goodfellow 2016, 9.2).',
    ops: ['conv2d', 'roll', 'pad'],
    cases: (fc) =>
      fc.record({
        height: fc.integer({ min: 3, max: 6 }),
        width: fc.integer({ min: 3, max: 6 }),
        by: fc.tuple(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -3, max: 3 })),
      }),
    state: ({ height, width, by }) =>
      statement({ x: { shape: [2, 2, height, width] }, w: { shape: [2, 2, 3, 2] } }, ({ x, w }) => {
        const around = (t: Tensor): Tensor => conv(t, w, { padding: 'same-upper', paddingMode: 'circular' });
        return { left: around(roll(x, by, [2, 3])), right: roll(around(x), by, [2, 3]), wrt: ['x', 'w'] };
      }),
  }),
  law({
    name: 'conv: sums',
    about:
      'A convolution of a sum is the sum of the convolutions, in the input and in the kernel (operators.md 9: bilinear).',
    ops: ['conv2d', 'add'],
    cases: convCase(),
    state: (c) => {
      const { x, w } = operands(c);
      return statement({ x, other: x, w, v: w }, ({ x, other, w, v }) => {
        const of = (a: Tensor, b: Tensor): Tensor => conv(a, b, { ...optionsOf(c.axes), groups: c.groups });
        const right = [of(x, w), of(x, v), of(other, w), of(other, v)].reduce((a, b) => add(a, b) as Tensor);
        const left = of(add(x, other) as Tensor, add(w, v) as Tensor);
        return { left, right, wrt: ['x', 'other', 'w', 'v'] };
      });
    },
  }),
];
