import type { Arrays } from '../../backends/backend.ts';
import { array, type NdArray } from '../../graph/nd-array.ts';
import { sizeOf } from '../../graph/shape.ts';
import { showType } from '../../graph/type.ts';
import { defaultDraw, drawCotangent, drawPoint } from '../draw.ts';
import type { Failure, Outcome, Verdict } from '../fuzz/campaign.ts';
import { Random } from '../random.ts';
import { type Disagreement, firstDifference, indexText, sameShape } from './disagreement.ts';
import type { ExternalCheck, ExternalFinding } from './external.ts';
import { isHeld } from './held.ts';
import { checkSubgradient } from './kink.ts';
import { type Functional, type Moved, measureAlong, measureElements, pair, stepOf } from './measure.ts';
import { ourAnswer } from './our-answer.ts';
import { TargetError, WrongGradient } from './target-errors.ts';

/** What is known of a check's point while it goes on. */
export interface Inquiry {
  readonly check: ExternalCheck;
  readonly values: Arrays;
  readonly moved: readonly Moved[];
  /** Unit roundoff, with room for the ways in which libraries sum. */
  readonly epsilon: number;
  /** ⟨u, f⟩ of the library's own values. */
  functional(u: NdArray): Functional;
}

/**
 * Checks a gradient of another library: its own values are differenced on dyadic numbers, and both are compared with
 * cotangent’s where the check names the same function here. So a wrong value is told from a wrong gradient.
 *
 * `missing` where the library throws in place of giving a gradient; `refuted` also where it dies or answers nonsense.
 */
export async function checkExternal(check: ExternalCheck): Promise<Outcome> {
  try {
    return await examine(check);
  } catch (error) {
    if (!(error instanceof TargetError)) throw error;
    const { values } = inquire(check);
    const asked = Promise.resolve(check.snippet?.({ values, fault: 'missing', step: 1 }));
    const snippet = await asked.catch(() => undefined);
    const failure = { ...failureOf(error.message, describe(values)), ...(snippet && { snippets: [snippet] }) };
    return { verdict: 'refuted', compared: 0, covers: check.covers ?? [], failure };
  }
}

async function examine(check: ExternalCheck): Promise<Outcome> {
  const inquiry = inquire(check);
  const { values, moved, epsilon } = inquiry;
  const names = moved.map(({ name }) => name);
  const conclude = async (
    verdict: Verdict,
    compared: number,
    failure?: Failure,
    finding?: Omit<ExternalFinding, 'values'>,
  ): Promise<Outcome> => {
    const snippet = finding && (await check.snippet?.({ values, ...finding }));
    const shown = failure && { ...failure, ...(snippet ? { snippets: [snippet] } : {}) };
    return { verdict, compared, covers: check.covers ?? [], ...(shown ? { failure: shown } : {}) };
  };

  const y = await attempt(() => check.forward(values));
  if (y instanceof Refusal)
    return conclude('missing', 0, failureOf(`the operator itself is refused: ${y.message}`, describe(values)), {
      fault: 'missing',
      step: 1,
    });
  const random = new Random(check.seed ?? 0, 'foreign');
  const signed = drawCotangent({ dtype: precisionOf(check), shape: y.shape }, random.fork('ct'));
  // A subgradient needs a convex function: cotangents of one sign.
  const u = check.kink !== true ? signed : array(signed, signed.data.map(Math.abs));
  const details = [...describe(values), `cotangent      ${u}`];

  const ours = ourAnswer(check, values, names);
  const value = ours && valueFault(y, ours.y, epsilon);
  const gradients = await attempt(() => check.vjp(values, u));
  const absent = gradients instanceof Refusal ? undefined : names.find((name) => gradients[name] === undefined);
  if (gradients instanceof Refusal || absent !== undefined) {
    const why = gradients instanceof Refusal ? gradients.message : `none is given for ${absent}`;
    if (value !== undefined)
      return conclude('refuted', y.data.length, failureOf(value, [...details, `gradient       ${why}`]), {
        ct: u,
        fault: 'value',
        step: 1,
        expected: ours!.y,
      });
    const wrong = gradients instanceof Refusal && gradients.wrong;
    const summary = wrong ? `the library refuses its own gradient: ${why}` : `no gradient: ${why}`;
    return conclude(wrong ? 'refuted' : 'missing', 0, failureOf(summary, details), {
      ct: u,
      fault: 'missing',
      step: 1,
    });
  }
  for (const { name, at } of moved)
    if (!sameShape(gradients[name]!, at))
      return conclude(
        'refuted',
        1,
        failureOf(`the gradient of ${name} is ${showType(gradients[name]!)}, the input ${showType(at)}`, details),
        { ct: u, fault: 'gradient', step: 1, along: unitAlong(at, name, 0) },
      );
  if (check.kink === true) {
    const { compared, failure, along, step } = await checkSubgradient(inquiry, gradients, u);
    if (failure === undefined) return conclude('proved', compared);
    return conclude(
      'refuted',
      compared,
      { ...failure, details: [...details, ...failure.details] },
      {
        ct: u,
        fault: 'kink',
        along: along!,
        step,
      },
    );
  }

  const proven = ours && sameShape(y, ours.y) ? ours.gradients(u) : undefined;
  const against = proven && againstOurs(inquiry, gradients, proven, u);
  const agreed = value === undefined && against !== undefined && against.wrong === undefined;
  const theirs = agreed
    ? await alongDirections(inquiry, gradients, u)
    : await againstItself(inquiry, gradients, u, value !== undefined || ours === undefined);
  const compared = theirs.compared + (ours ? y.data.length : 0) + (against?.compared ?? 0);
  if (value !== undefined) {
    const own = theirs.wrong
      ? 'its gradient contradicts its own forward, too'
      : 'its gradient agrees with its own forward';
    return conclude('refuted', compared, failureOf(value, [...details, own]), {
      ct: u,
      fault: 'value',
      step: 1,
      expected: ours!.y,
    });
  }
  const wrong = theirs.wrong ?? against?.wrong;
  if (wrong === undefined) {
    if (agreed || !theirs.open) return conclude('proved', compared);
    return conclude('inconclusive', compared, failureOf('rounding hides the derivative', details));
  }
  const how = theirs.wrong ? 'contradicts its own forward' : 'differs from the proved one';
  const { name, i, analytic, numeric } = wrong;
  const input = moved.find((one) => one.name === name)!;
  const step = stepOf(input, input.at.data[i]!);
  return conclude(
    'refuted',
    compared,
    {
      summary: `gradient of ${name} ${how}: d${name}[${indexText(i, input.at.shape)}] is ${analytic.data[i]}, numeric ${numeric.data[i]}`,
      details,
      compared: { of: name, analytic, numeric },
    },
    { ct: u, fault: 'gradient', along: unitAlong(input.at, name, i), step },
  );
}

function inquire(check: ExternalCheck): Inquiry {
  const random = new Random(check.seed ?? 0, 'foreign');
  const values: { [name: string]: NdArray } = {};
  const moved: Moved[] = [];
  for (const [name, input] of Object.entries(check.inputs)) {
    const { type, draw = defaultDraw(type), degree = 'smooth' } = input;
    const at = input.values ? array(type, input.values) : drawPoint(type, draw, random.fork(name));
    values[name] = at;
    if (!isHeld(input)) moved.push({ name, at, draw, degree });
  }
  const unit = precisionOf(check) === 'f64' ? 2 ** -53 : 2 ** -24;
  return {
    check,
    values,
    moved,
    epsilon: 64 * unit * (check.condition ?? 1),
    functional: (u) => async (at) => pair(u, await check.forward(at)),
  };
}

const precisionOf = ({ precision = 'f32' }: ExternalCheck): 'f32' | 'f64' => precision;

/** Forward differs from ours: the first place. */
function valueFault(y: NdArray, ours: NdArray, epsilon: number): string | undefined {
  if (!sameShape(y, ours)) return `forward differs from ours: shape [${y.shape}], ours [${ours.shape}]`;
  const i = firstDifference(y, ours, epsilon * (1 + largest(ours)));
  return i === undefined
    ? undefined
    : `forward differs from ours: y[${indexText(i, y.shape)}] is ${y.data[i]}, ours ${ours.data[i]}`;
}

interface Verification {
  readonly compared: number;
  readonly wrong?: Disagreement;
}

interface Findings extends Verification {
  /** Whether rounding leaves something undecided. */
  readonly open: boolean;
}

/** Where value and gradient are the proved ones, their own differences along one dense direction for each input. */
async function alongDirections(inquiry: Inquiry, gradients: Arrays, u: NdArray): Promise<Findings> {
  const { check, values, moved, epsilon, functional } = inquiry;
  const random = new Random(check.seed ?? 0, 'along');
  const phi = functional(u);
  let compared = 0;
  for (const input of moved) {
    const { name, at, degree } = input;
    if (degree === 'smooth') continue;
    const signs = random.fork(name);
    const direction = Float64Array.from(at.data, (x, i) => signs.sign(i) * stepOf(input, x));
    const { value, uncertainty } = await measureAlong(values, input, direction, phi, epsilon);
    const { value: analytic, size } = pair(array({ dtype: 'f64', shape: at.shape }, direction), gradients[name]!);
    compared++;
    if (!(Math.abs(value - analytic) <= uncertainty + epsilon * size))
      return againstItself(inquiry, gradients, u, true);
  }
  return { compared, open: false };
}

/** Gradients against differences of the library's own values. Smooth ones are costly and rough: only where they must. */
async function againstItself(
  { check, values, moved, epsilon, functional }: Inquiry,
  gradients: Arrays,
  u: NdArray,
  alone: boolean,
): Promise<Findings> {
  let compared = 0;
  let open = false;
  const phi = functional(u);
  const share = precisionOf(check) === 'f64' ? 1e-6 : 1e-3;
  for (const input of moved) {
    const { name, at, degree } = input;
    const analytic = gradients[name]!;
    if (degree === 'smooth' && !alone) continue;
    if (sizeOf(at.shape) > mostElements) continue;
    const measured = await measureElements(values, input, phi, epsilon);
    compared += measured.length;
    const numeric = array(
      { dtype: 'f64', shape: at.shape },
      measured.map((m) => m.value),
    );
    const scale = Math.max(largest(analytic), largest(numeric));
    const tolerance = (i: number): number => measured[i]!.uncertainty + epsilon * Math.abs(analytic.data[i]!);
    const i = firstDifference(analytic, numeric, tolerance);
    if (i !== undefined) return { compared, wrong: { name, i, analytic, numeric }, open };
    if (measured.some(({ uncertainty }) => uncertainty > share * scale && uncertainty > 0)) open = true;
  }
  return { compared, open };
}

/** Beyond this, differencing every element costs more than it tells. */
const mostElements = 400;

/** Gradients against the proved ones. */
function againstOurs({ moved, epsilon }: Inquiry, gradients: Arrays, proven: Arrays, u: NdArray): Verification {
  let compared = 0;
  for (const { name } of moved) {
    const [analytic, numeric] = [gradients[name]!, proven[name]!];
    compared += analytic.data.length;
    const i = firstDifference(analytic, numeric, epsilon * (largest(numeric) + largest(u)));
    if (i !== undefined) return { compared, wrong: { name, i, analytic, numeric } };
  }
  return { compared };
}

class Refusal {
  readonly message: string;
  readonly wrong: boolean;
  constructor(error: unknown) {
    this.message = String(error instanceof Error ? error.message : error).split('\n')[0]!;
    this.wrong = error instanceof WrongGradient;
  }
}

/** What a library answers, or why it does not. */
async function attempt<T>(ask: () => T | Promise<T>): Promise<T | Refusal> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof TargetError) throw error;
    return new Refusal(error);
  }
}

function unitAlong(at: NdArray, name: string, i: number): Arrays {
  const along = array(at);
  if (along.data.length > 0) along.data[i] = 1;
  return { [name]: along };
}

const failureOf = (summary: string, details: readonly string[]): Failure => ({ summary, details });
const describe = (values: Arrays): string[] =>
  Object.entries(values).map(([name, value]) => `at             ${name} ${value}`);
const largest = ({ data }: NdArray): number => Array.from(data).reduce((most, x) => Math.max(most, Math.abs(x)), 0);
