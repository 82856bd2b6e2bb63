import type { NdArray } from '../graph/nd-array.ts';
import { stridesOf } from '../graph/shape.ts';
import { type Comparison, compareAlong, compareElements, type Measured } from './compare.ts';
import { GradcheckError } from './gradcheck-error.ts';
import { type Subject, showSubject } from './subject.ts';

/** Turns what a check found at one place into an error that says so. */
export interface Faults {
  mismatch(measured: Measured, gradient: NdArray, direction: NdArray): never;
  inconclusive(measured: Measured): never;
  structure(summary: string, value: NdArray, input?: string): never;
}

/** Faults of a subject, after differentiating by the inputs of `path`. */
export function faultOf(subject: Subject, seed: number, path: readonly string[]): Faults {
  const order = path.length + 1;
  const common = { subject: subject.name, case: showSubject(subject), seed, order };
  const inputPath = (name: string): string => [...path, name].join('.');
  return {
    mismatch: (measured, gradient, direction) => {
      const { probe, mode } = measured;
      const worst = firstWrong(measured, gradient, direction);
      const { numeric, analytic, tolerance } = worst.comparison;
      const where = worst.element === undefined ? '' : `, first wrong element d${probe.name}[${worst.element}]`;
      throw new GradcheckError({
        ...common,
        proof: 'mismatch',
        input: inputPath(probe.name),
        summary: `numeric ${numeric}, analytic ${analytic} (${demand(measured, tolerance)}), order ${order}${where}`,
        fix: `mend the rule vjp.${path[0] ?? probe.name}, or the kernel if its value is wrong too.`,
        details: [`at             ${probe.name} ${probe.at}`, `cotangent      ${measured.u}`],
        mode,
        numeric,
        analytic,
        tolerance,
        ...(worst.element === undefined ? {} : { element: worst.element }),
      });
    },
    inconclusive: ({ probe, mode }) => {
      throw new GradcheckError({
        ...common,
        proof: 'inconclusive',
        input: inputPath(probe.name),
        summary: `rounding or truncation hides the derivative (${mode}), order ${order}`,
        fix: 'draw this input from a range where the function is better conditioned, or declare its polynomial degree.',
        details: [`at             ${probe.name} ${probe.at}`],
        mode,
      });
    },
    structure: (summary, value, input = '') => {
      throw new GradcheckError({
        ...common,
        proof: 'structure',
        input: input === '' ? path.join('.') : inputPath(input),
        summary: `${summary}, order ${order}`,
        fix: 'a rule must be linear in ct, finite where the operator is, and leave its inputs alone.',
        details: [`value          ${value}`],
      });
    },
  };
}

/** A dense direction has failed: find the first component that fails alone, in the order of the elements. */
function firstWrong(
  measured: Measured,
  gradient: NdArray,
  direction: NdArray,
): {
  readonly comparison: Pick<Comparison, 'numeric' | 'analytic' | 'tolerance'>;
  readonly element?: readonly number[];
} {
  const elements = compareElements(measured, gradient, direction);
  const i = elements.findIndex(({ verdict }) => verdict === 'wrong');
  if (i < 0) return { comparison: compareAlong(measured, gradient, direction) };
  const size = direction.data[i]!;
  const { numeric, tolerance } = elements[i]!;
  const comparison = { numeric: numeric / size, analytic: gradient.data[i]!, tolerance: tolerance / Math.abs(size) };
  return { comparison, element: indexOf(i, gradient.shape) };
}

/** The index along every axis of the i-th element in row-major order. */
function indexOf(i: number, shape: readonly number[]): number[] {
  const strides = stridesOf(shape);
  return shape.map((extent, axis) => Math.floor(i / strides[axis]!) % extent);
}

function demand({ probe: { degree }, mode }: Measured, tolerance: number): string {
  if (mode === 'exact') return `degree ${degree}: must be equal`;
  const bound = `tolerance ${tolerance.toExponential(1)}`;
  return mode === 'bounded' ? `degree ${degree}, rounding bound: ${bound}` : `smooth: ${bound}`;
}
