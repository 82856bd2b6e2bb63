import { CotangentError } from '../../graph/error.ts';
import { convSize, convTransposeSize, effectiveKernel, poolSize } from '../../ops/index.ts';

/** What changes the length of an axis. */
export const sizeOperations = ['conv', 'pool', 'convTranspose'] as const;
export type SizeOperation = (typeof sizeOperations)[number];

/** Which settings lead from one length to another. What is given stays as it is, the rest is searched for. */
export interface SizeQuestion {
  /** Positions along the axis before. */
  readonly from: number;
  /** Positions wanted. */
  readonly to: number;
  /** Default all three. */
  readonly operations?: readonly SizeOperation[];
  readonly kernel?: number;
  readonly stride?: number;
  /** At both ends alike. */
  readonly padding?: number;
  readonly dilation?: number;
  /** Of transposed convolutions. */
  readonly outputPadding?: number;
  /** Of pools: whether a last window that is cut off counts. */
  readonly ceil?: boolean;
}

/** Settings of one operation that give the wanted length. */
export interface SizeAnswer {
  readonly operation: SizeOperation;
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
  readonly dilation: number;
  readonly outputPadding: number;
  readonly ceil: boolean;
  /** Ready to be written down: `convTranspose2d(x, w, { stride: 2, padding: 1 }) with a kernel of 4`. */
  readonly text: string;
  /** What to mind: stamps that overlap unevenly, elements that no window reads. */
  readonly warnings: readonly string[];
}

const largestKernel = 7;
const largestDilation = 2;

/**
 * Every setting of convolution, pooling and transposed convolution, kernels up to 7, that makes `to` positions of `from`, the plainest first: what is
 * usual, symmetric and even before what is not (operators.md 38, 60). Settings that are given are kept, however large.
 *
 * @throws CotangentError `solve/size` for lengths and settings that are no whole numbers in range.
 */
export function solveSize(question: SizeQuestion): SizeAnswer[] {
  check(question);
  const { from, to, operations = sizeOperations } = question;
  const ratio = Math.max(1, Math.ceil(Math.max(from / to, to / from)) + 1);
  const answers = operations.flatMap((operation) =>
    choices(question.kernel, 1, largestKernel).flatMap((kernel) =>
      choices(question.stride, 1, Math.max(4, ratio)).flatMap((stride) =>
        choices(question.dilation, 1, kernel === 1 ? 1 : largestDilation).flatMap((dilation) =>
          ends(question, operation, { kernel, stride, dilation })
            .filter((axis) => lengthOf(operation, from, axis) === to)
            .map((axis) => answer(operation, from, axis)),
        ),
      ),
    ),
  );
  return answers
    .map((one) => ({ one, cost: costOf(one) }))
    .sort((a, b) => a.cost - b.cost)
    .map(({ one }) => one);
}

type Axis = Omit<SizeAnswer, 'operation' | 'text' | 'warnings'>;

const choices = (given: number | undefined, least: number, most: number): number[] =>
  given === undefined ? Array.from({ length: most - least + 1 }, (_, k) => least + k) : [given];

/** All ways to treat the ends of an axis. */
function ends(
  { padding, outputPadding, ceil }: SizeQuestion,
  operation: SizeOperation,
  walk: Pick<Axis, 'kernel' | 'stride' | 'dilation'>,
): Axis[] {
  const reach = effectiveKernel(walk.kernel, walk.dilation) - 1;
  // Beyond half its window a pool would have windows of nothing but padding.
  const paddings = choices(padding, 0, operation === 'pool' ? Math.floor(walk.kernel / 2) : reach);
  const transposed = operation === 'convTranspose';
  const extras = transposed ? choices(outputPadding, 0, Math.max(walk.stride, walk.dilation) - 1) : [0];
  const roundings = operation === 'pool' ? (ceil === undefined ? [false, true] : [ceil]) : [false];
  return paddings.flatMap((p) =>
    extras.flatMap((extra) => roundings.map((up): Axis => ({ ...walk, padding: p, outputPadding: extra, ceil: up }))),
  );
}

/** The length that comes out; undefined where no window fits. */
function lengthOf(operation: SizeOperation, length: number, axis: Axis): number | undefined {
  try {
    switch (operation) {
      case 'conv':
        return convSize({ length, ...axis });
      case 'pool':
        return poolSize({ length, ...axis });
      case 'convTranspose':
        return convTransposeSize({ length, ...axis });
    }
  } catch (error) {
    if (error instanceof CotangentError) return undefined;
    throw error;
  }
}

function answer(operation: SizeOperation, from: number, axis: Axis): SizeAnswer {
  const { kernel, stride, padding, dilation, outputPadding, ceil } = axis;
  const usualStride = operation === 'pool' ? kernel : 1;
  const options = [
    ...(stride === usualStride ? [] : [`stride: ${stride}`]),
    ...(padding === 0 ? [] : [`padding: ${padding}`]),
    ...(dilation === 1 ? [] : [`dilation: ${dilation}`]),
    ...(outputPadding === 0 ? [] : [`outputPadding: ${outputPadding}`]),
    ...(ceil ? ['ceil: true'] : []),
  ];
  const pool = operation === 'pool';
  const all = pool ? [`kernel: ${kernel}`, ...options] : options;
  const record = all.length === 0 ? '' : `, { ${all.join(', ')} }`;
  const text = pool ? `maxPool2d(x${record})` : `${operation}2d(x, w${record}) with a kernel of ${kernel}`;
  return { operation, ...axis, text, warnings: warningsOf(operation, from, axis) };
}

function warningsOf(operation: SizeOperation, from: number, axis: Axis): string[] {
  const { kernel, stride, padding, dilation, ceil } = axis;
  if (operation === 'convTranspose') {
    if (effectiveKernel(kernel, dilation) < stride)
      return ['stamps leave holes: the kernel is smaller than the stride'];
    return kernel % stride === 0
      ? []
      : ['stamps overlap unevenly (checkerboard): the kernel is no multiple of the stride'];
  }
  const skipped = stride > effectiveKernel(kernel, dilation) ? ['windows leave elements out between them'] : [];
  const left = (from + 2 * padding - effectiveKernel(kernel, dilation)) % stride;
  const lost = left > padding && !ceil ? [`the last ${left - padding} of ${from} are read by no window`] : [];
  return [...skipped, ...lost];
}

/** Small for what people would try first. */
function costOf({ operation, kernel, stride, padding, dilation, outputPadding, ceil, warnings }: SizeAnswer): number {
  const half = (effectiveKernel(kernel, dilation) - 1) / 2;
  const plain = {
    conv: kernel === 1 ? 1.5 : Math.abs(kernel - 3) + (padding === half ? 0 : padding === 0 ? 1 : 2),
    pool: Math.abs(kernel - stride) * 2 + (kernel === 2 ? 0 : 1) + 2 * padding,
    convTranspose: Math.abs(kernel - 2 * stride) + (padding === (kernel - stride) / 2 ? 0 : 2),
  }[operation];
  return plain + 4 * (dilation - 1) + 3 * outputPadding + (ceil ? 1 : 0) + 5 * warnings.length + (stride > 2 ? 1 : 0);
}

function check(question: SizeQuestion): void {
  const least = { from: 1, to: 1, kernel: 1, stride: 1, padding: 0, dilation: 1, outputPadding: 0 } as const;
  const wrong = Object.entries(least).filter(([name, low]) => {
    const value = question[name as keyof typeof least];
    return value !== undefined && !(Number.isSafeInteger(value) && value >= low && value <= 1e6);
  });
  if (wrong.length > 0)
    throw new CotangentError({
      code: 'solve/size',
      summary: `${wrong.map(([name]) => `${name} is ${question[name as keyof typeof least]}`).join(', ')}`,
      fix: 'give whole numbers: lengths, kernel, stride and dilation from 1, paddings from 0.',
    });
}
