import {
  type ConvSizeOptions,
  type ConvTransposeSizeOptions,
  convSize,
  convTransposeSize,
  type PoolSizeOptions,
  poolSize,
  type SamePaddingOptions,
  type SolveTransposedOptions,
  samePadding,
  solveTransposed,
  type TransposedSolution,
} from '../../ops/index.ts';
import { type Law, law, statement } from './law.ts';
import { countOf, spanOf, windowCase } from './windows.ts';

/** The rules for sizes that laws speak of. */
export interface SizeRules {
  convSize(options: ConvSizeOptions): number;
  poolSize(options: PoolSizeOptions): number;
  samePadding(options: SamePaddingOptions): readonly [number, number] | 'impossible';
  convTransposeSize(options: ConvTransposeSizeOptions): number;
  solveTransposed(options: SolveTransposedOptions): readonly TransposedSolution[];
}

/** The laws of sizes, of any set of rules. */
export const sizeLawsOf = (rules: SizeRules): readonly Law[] => [
  law({
    name: 'sizes: convolution',
    about: 'The size formulas count how often a window fits (operators.md 60).',
    ops: ['convSize', 'poolSize'],
    cases: (fc) => windowCase(fc, { dilation: 3 }),
    state: ({ lo, hi, ...axis }) =>
      statement({}, () => {
        const count = countOf({ ...axis, lo, hi });
        return [
          { of: 'the convolution', left: [rules.convSize({ ...axis, padding: [lo, hi] })], right: [count] },
          { of: 'the pooling', left: [rules.poolSize({ ...axis, padding: [lo, hi] })], right: [count] },
        ];
      }),
  }),
  law({
    name: 'sizes: same padding',
    about: 'Same padding gives ⌈length / stride⌉ positions, and an element less would not (operators.md 39, 61).',
    ops: ['samePadding', 'convSize'],
    cases: (fc) => windowCase(fc, { dilation: 3, padding: 0 }),
    state: ({ length, kernel, stride, dilation }) =>
      statement({}, () => {
        const found = rules.samePadding({ length, kernel, stride, dilation });
        const [lo, hi] = found === 'impossible' ? [-1, -1] : found;
        const wanted = Math.ceil(length / stride);
        const positions = (total: number): number => countOf({ length, kernel, stride, dilation, lo: 0, hi: total });
        const isLeast = lo + hi === 0 || positions(lo + hi - 1) < wanted;
        return {
          left: [positions(lo + hi), Number(isLeast), Number(hi - lo === 0 || hi - lo === 1)],
          right: [wanted, 1, 1],
        };
      }),
  }),
  law({
    name: 'sizes: transposed',
    about:
      'A transposed convolution with solved padding has the size of the convolution’s input (operators.md 24, 38).',
    ops: ['convTransposeSize', 'solveTransposed', 'convSize'],
    cases: (fc) => windowCase(fc, { dilation: 3 }),
    state: ({ lo, hi, length, kernel, stride, dilation }) =>
      statement({}, () => {
        const count = countOf({ length, kernel, stride, dilation, lo, hi });
        const given = { length: count, kernel, stride, dilation };
        const solutions = rules.solveTransposed({ ...given, size: length, padding: [lo, hi] });
        const extra = length + lo + hi - ((count - 1) * stride + spanOf({ kernel, dilation }));
        return {
          left: solutions.flatMap((s) => [
            s.outputPadding,
            rules.convTransposeSize({ ...given, ...s, padding: s.padding }),
          ]),
          right: [extra, length],
        };
      }),
  }),
];

/** The laws of our own sizes. */
export const sizeLaws: readonly Law[] = sizeLawsOf({
  convSize,
  poolSize,
  samePadding,
  convTransposeSize,
  solveTransposed,
});
