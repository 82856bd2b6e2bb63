import { CotangentError } from '../../graph/error.ts';
import { array, type NdArray } from '../../graph/nd-array.ts';
import { sameShape, stridesOf } from '../../graph/shape.ts';
import { print } from '../../graph/text/print.ts';
import { showType } from '../../graph/type.ts';
import { attributeWords } from '../fuzz/attribute-words.ts';
import type { Failure, Outcome } from '../fuzz/campaign.ts';
import type { LawCase, LawPlace } from './check-law.ts';
import { type Compared, type Comparison, compareSides } from './compare-sides.ts';
import type { Law } from './law.ts';

/** Lines of a graph that a failure shows. */
const shownLines = 24;

/** Tries a law in one case. An error that our functions throw refutes it as well: cases are made to be valid. */
export function checkCase(law: Law, { drawn, place, seed }: LawCase, places: readonly LawPlace[]): Outcome {
  const where = places[place]!;
  const covers = [...law.ops, where.dtype, ...attributeWords(drawn)];
  const told = [law.about, `on ${where.backend.name}, ${where.dtype}, seed ${seed}: ${JSON.stringify(drawn)}`];
  let comparison: Comparison;
  try {
    comparison = compareSides(law.state(drawn), { ...where, seed });
  } catch (error) {
    if (!(error instanceof CotangentError)) throw error;
    const failure = { summary: `${law.name}: ${error.summary}`, details: [...told, ...error.details] };
    return { verdict: 'refuted', compared: 0, covers, failure };
  }
  const ran = comparison.graphs.flatMap(({ nodes }) => nodes.map(({ op }) => op.name));
  const outcome = {
    compared: comparison.compared.reduce((sum, { left }) => sum + 1 + left.data.length, 0),
    covers: [...new Set([...covers, ...ran])],
  };
  const wrong = comparison.compared.find((one) => differsAt(one) !== undefined);
  if (wrong === undefined) return { verdict: 'proved', ...outcome };
  return { verdict: 'refuted', ...outcome, failure: failureOf(law, wrong, comparison, told) };
}

/** The first element that differs, −1 for shapes that do; undefined where nothing does. */
function differsAt({ left, right, tolerance }: Compared): number | undefined {
  if (!sameShape(left.shape, right.shape)) return -1;
  for (let i = 0; i < left.data.length; i++)
    // NaN is within no tolerance.
    if (!(Math.abs(left.data[i]! - right.data[i]!) <= (tolerance?.[i] ?? 0))) return i;
  return undefined;
}

function failureOf({ name }: Law, wrong: Compared, { inputs, graphs }: Comparison, told: readonly string[]): Failure {
  const { of, left, right, tolerance } = wrong;
  const at = differsAt(wrong)!;
  const details = [
    ...told,
    ...Object.entries(inputs).map(([input, value]) => `${input}  ${value}`),
    `left   ${left}`,
    `right  ${right}`,
    ...graphs.flatMap((graph) => print(graph).split('\n').slice(0, shownLines)),
  ];
  if (at < 0)
    return { summary: `${name}: ${of} is ${showType(left)} on the left, ${showType(right)} on the right`, details };
  const bound = tolerance === undefined ? 'to the bit' : `within ${tolerance[at]!.toExponential(2)}`;
  const summary = `${name}: ${of}[${placeOf(at, left)}] is ${left.data[at]} on the left, ${right.data[at]} on the right, and has to be equal ${bound}`;
  return { summary, details, compared: { of, analytic: doubles(left), numeric: doubles(right) } };
}

const placeOf = (at: number, { shape }: NdArray): number[] =>
  stridesOf(shape).map((stride, axis) => Math.floor(at / stride) % shape[axis]!);

const doubles = ({ shape, data }: NdArray): NdArray => array({ dtype: 'f64', shape }, data);
