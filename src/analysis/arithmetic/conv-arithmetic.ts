import { convSize, convTransposeSize, effectiveKernel } from '../../ops/index.ts';

/** Rows and columns alike, or each. */
type Two = number | readonly [rows: number, columns: number];

/** A convolution of one plane, or the transpose of one. */
export interface ArithmeticOptions {
  /** Sizes of what goes in. */
  readonly size: Two;
  readonly kernel: Two;
  /** Default 1. */
  readonly stride?: Two;
  /** Default 0; of a transposed convolution what is cut off the result. */
  readonly padding?: Two;
  /** Default 1. */
  readonly dilation?: Two;
  /** Whether it is the transposed convolution; default false. */
  readonly transposed?: boolean;
  /** Of a transposed convolution, rows and columns added at the high end; default 0. */
  readonly outputPadding?: Two;
}

/** One axis of the arithmetic: a kernel walks along a lattice that the input lies in, among zeros. */
export interface ArithmeticAxis {
  readonly input: number;
  readonly output: number;
  /** Which element of the input each position of the lattice holds; undefined for a zero that was put in. */
  readonly lattice: readonly (number | undefined)[];
  /** Where on the lattice the kernel's first tap stands, for each element of the result. */
  readonly starts: readonly number[];
  /** Where the taps are, counted from the first. */
  readonly taps: readonly number[];
}

/** What reads what, and how it came about. */
export interface Arithmetic {
  readonly rows: ArithmeticAxis;
  readonly columns: ArithmeticAxis;
  /** The settings in a line, as formulas have them: `i = 5×5, k = 3×3, s = 2, p = 1 → 3×3`. */
  readonly caption: string;
}

/**
 * Which elements each element of a convolution's result is made of (operators.md 85; Dumoulin and Visin 2016). A transposed convolution is shown
 * as what it equals: stride − 1 zeros between the elements, dilation · (kernel − 1) − padding around, and a kernel that walks by single steps.
 *
 * @throws CotangentError `window/step`, `window/whole`, `conv/window`, `conv-transpose/window` for what is no convolution.
 */
export function convArithmetic(options: ArithmeticOptions): Arithmetic {
  const { transposed = false } = options;
  const axes = ([0, 1] as const).map((k) => {
    const of = (two: Two | undefined, otherwise: number): number =>
      typeof two === 'number' ? two : (two?.[k] ?? otherwise);
    const walk = {
      length: of(options.size, 1),
      kernel: of(options.kernel, 1),
      stride: of(options.stride, 1),
      dilation: of(options.dilation, 1),
      padding: of(options.padding, 0),
    };
    return transposed ? transposedAxis({ ...walk, outputPadding: of(options.outputPadding, 0) }) : axisOf(walk);
  });
  const [rows, columns] = axes as [ArithmeticAxis, ArithmeticAxis];
  return { rows, columns, caption: captionOf(options, rows, columns) };
}

interface Walk {
  readonly length: number;
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly padding: number;
}

function axisOf(walk: Walk): ArithmeticAxis {
  const { length, kernel, stride, dilation, padding } = walk;
  const output = convSize(walk);
  const lattice = latticeOf(length, 1, padding, padding);
  const starts = Array.from({ length: output }, (_, i) => i * stride);
  return { input: length, output, lattice, starts, taps: tapsOf(kernel, dilation) };
}

function transposedAxis(walk: Walk & { readonly outputPadding: number }): ArithmeticAxis {
  const { length, kernel, stride, dilation, padding, outputPadding } = walk;
  const output = convTransposeSize(walk);
  const around = effectiveKernel(kernel, dilation) - 1 - padding;
  const lattice = latticeOf(length, stride, around, around + outputPadding);
  const starts = Array.from({ length: output }, (_, i) => i);
  return { input: length, output, lattice, starts, taps: tapsOf(kernel, dilation) };
}

const tapsOf = (kernel: number, dilation: number): number[] => Array.from({ length: kernel }, (_, m) => m * dilation);

/** Elements `step` apart with zeros between and around; negative padding cuts elements off. */
function latticeOf(length: number, step: number, lo: number, hi: number): (number | undefined)[] {
  const spread = (length - 1) * step + 1;
  return Array.from({ length: spread + lo + hi }, (_, at) => {
    const place = at - lo;
    return place >= 0 && place < spread && place % step === 0 ? place / step : undefined;
  });
}

function captionOf(options: ArithmeticOptions, rows: ArithmeticAxis, columns: ArithmeticAxis): string {
  const show = (two: Two): string => (typeof two === 'number' ? `${two}` : `${two[0]}×${two[1]}`);
  const named = [
    ['s', options.stride, 1],
    ['p', options.padding, 0],
    ['d', options.dilation, 1],
    ['output padding', options.outputPadding, 0],
  ] as const;
  const extra = named.flatMap(([name, value, usual]) =>
    value === undefined || value === usual ? [] : [`${name} = ${show(value)}`],
  );
  const { transposed = false } = options;
  const what = [`i = ${rows.input}×${columns.input}`, `k = ${rows.taps.length}×${columns.taps.length}`, ...extra];
  return `${transposed ? 'transposed: ' : ''}${what.join(', ')} → ${rows.output}×${columns.output}`;
}
