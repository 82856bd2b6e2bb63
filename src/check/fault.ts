import { array, type NdArray } from '../graph/nd-array.ts';
import { stridesOf } from '../graph/shape.ts';
import { type Comparison, compareAlong, compareElements, type Measured } from './compare.ts';
import { onlyComponent } from './draw.ts';
import { type Finding, GradcheckError } from './gradcheck-error.ts';
import type { Sides } from './one-sided.ts';
import { tellRegions } from './regions.ts';
import type { ComparedArrays } from './report.ts';
import { type Subject, showSubject } from './subject.ts';
import { taylorOf } from './taylor.ts';

/** Of larger inputs, elements are not looked at one by one. */
export const mostElements = 4096;

/** The gradient for one cotangent. */
interface Pulled {
  readonly u: NdArray;
  readonly gradient: NdArray;
}

/** Turns what a check found at one place into an error that says so. */
export interface Faults {
  /** `i`: the flat index of an element that is wrong by itself; `whole`: the gradient for a cotangent of all results. */
  mismatch(measured: Measured, gradient: NdArray, direction: NdArray, i: number | undefined, whole: Pulled): never;
  inconclusive(measured: Measured): never;
  /** However short the steps, they pass over a kink. */
  onKink(measured: Measured): never;
  /** A disagreement that other cotangents and steps do not show. */
  unrepeated(measured: Measured): never;
  notBetween(measured: Measured, gradient: NdArray, sides: Sides): never;
  notFinite(value: NdArray): never;
  structure(summary: string, value: NdArray, input?: string): never;
  duality(forward: number, backward: number, tolerance: number): never;
}

/** Faults of a subject, after differentiating by the inputs of `path`. */
export function faultOf(subject: Subject, seed: number, path: readonly string[]): Faults {
  const order = path.length + 1;
  const common = { subject: subject.name, case: showSubject(subject), seed, order };
  const inputPath = (name: string): string => [...path, name].join('.');
  const refuse = (finding: Omit<Finding, keyof typeof common>): never => {
    throw new GradcheckError({ ...common, ...finding });
  };
  const undecided = ({ probe, mode }: Measured, summary: string, fix: string): never =>
    refuse({
      proof: 'inconclusive',
      input: inputPath(probe.name),
      summary: `${summary} (${mode}), order ${order}`,
      fix,
      details: [`at             ${probe.name} ${probe.at}`],
      mode,
    });
  const rule = `vjp.${path[0] ?? ''}`;
  return {
    mismatch: (measured, gradient, direction, i, whole) => {
      const { probe, mode } = measured;
      const { numeric, analytic, tolerance } = comparisonOf(measured, gradient, direction, i);
      const element = i === undefined ? undefined : indexOf(i, gradient.shape);
      const shown = { ...measured, u: whole.u };
      const all = probe.at.data.length > mostElements ? undefined : comparedWhole(shown, whole.gradient, direction);
      const where = element === undefined ? '' : `, first wrong element d${probe.name}[${element}]`;
      const taylor = taylorOf(shown, whole.gradient, direction);
      return refuse({
        proof: 'mismatch',
        input: inputPath(probe.name),
        summary: `numeric ${numeric}, analytic ${analytic} (${demand(measured, tolerance)}), order ${order}${where}`,
        fix: `mend the rule vjp.${path[0] ?? probe.name}, or the kernel if its value is wrong too.`,
        details: [
          `at             ${probe.name} ${probe.at}`,
          `cotangent      ${measured.u}`,
          ...(all === undefined || probe.at.shape.length < 2
            ? []
            : [`wrong          ${tellRegions(all.wrong, probe.at.shape)}`]),
        ],
        mode,
        numeric,
        analytic,
        tolerance,
        taylor,
        ...(all && { compared: all.compared }),
        ...(element === undefined ? {} : { element }),
      });
    },
    inconclusive: (measured) =>
      undecided(
        measured,
        'rounding or truncation hides the derivative',
        'draw this input from a range where the function is better conditioned, or declare its polynomial degree.',
      ),
    onKink: (measured) =>
      undecided(
        measured,
        'the drawn point lies on a kink',
        "draw this input away from kinks ({ kind: 'distinct' } under a maximum, 'between' around whole numbers), or ask for kinks: 'one-sided'.",
      ),
    unrepeated: (measured) =>
      undecided(
        measured,
        'a disagreement that other cotangents and steps do not show',
        'declare the condition of the function where terms cancel, or its polynomial degree.',
      ),
    notBetween: (measured, gradient, { verdict, left, right, analytic }) => {
      if (verdict === 'inconclusive')
        undecided(measured, 'the one-sided derivatives are hidden by rounding or truncation', 'draw another point.');
      return refuse({
        proof: 'kink',
        input: inputPath(measured.probe.name),
        summary:
          verdict === 'jump'
            ? `the function jumps at the drawn point: slopes left ${left}, right ${right}`
            : `at a kink the gradient ${analytic} is not between left ${left} and right ${right}`,
        fix: verdict === 'jump' ? 'draw points away from the jump.' : `mend the rule ${rule}.`,
        details: [`at             ${measured.probe.name} ${measured.probe.at}`, `gradient       ${gradient}`],
        analytic,
      });
    },
    notFinite: (value) =>
      refuse({
        proof: 'inconclusive',
        input: path.join('.'),
        summary: `the result is not finite at the drawn point, order ${order}`,
        fix: "draw the inputs from the function's domain: draw: { x: { kind: 'range', low, high } }.",
        details: [`value          ${value}`],
      }),
    structure: (summary, value, input = '') =>
      refuse({
        proof: 'structure',
        input: input === '' ? path.join('.') : inputPath(input),
        summary: `${summary}, order ${order}`,
        fix: 'a rule must be linear in ct, finite where the operator is, and leave its inputs alone.',
        details: [`value          ${value}`],
      }),
    duality: (forward, backward, tolerance) =>
      refuse({
        proof: 'duality',
        input: path.join('.'),
        summary: `⟨u, J·v⟩ is ${forward}, ⟨Jᵀ·u, v⟩ is ${backward} (${tolerance === 0 ? 'must be equal' : `tolerance ${tolerance.toExponential(1)}`}), order ${order}`,
        fix: 'a rule reads ct in a way that is not linear, or an operator in it has a wrong rule of its own.',
        numeric: forward,
        analytic: backward,
        tolerance,
      }),
  };
}

/** What is wrong: of one element by itself, as a derivative, or along the whole direction. */
function comparisonOf(
  measured: Measured,
  gradient: NdArray,
  direction: NdArray,
  i: number | undefined,
): Pick<Comparison, 'numeric' | 'analytic' | 'tolerance'> {
  if (i === undefined) return compareAlong(measured, gradient, direction);
  const { numeric, tolerance } = compareAlong(measured, gradient, onlyComponent(direction, i));
  const size = direction.data[i]!;
  return { numeric: numeric / size, analytic: gradient.data[i]!, tolerance: tolerance / Math.abs(size) };
}

/** All elements of a gradient beside the numeric ones, and which of them are wrong. */
function comparedWhole(
  measured: Measured,
  gradient: NdArray,
  direction: NdArray,
): { readonly compared: ComparedArrays; readonly wrong: readonly boolean[] } {
  const elements = compareElements(measured, gradient, direction);
  const numeric = array(gradient);
  for (const [i, each] of elements.entries()) numeric.data[i] = each.numeric / direction.data[i]!;
  return { compared: { analytic: gradient, numeric }, wrong: elements.map(({ verdict }) => verdict === 'wrong') };
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
