import { vjp } from '../../autodiff/vjp.ts';
import type { Arrays } from '../../backends/backend.ts';
import { isFloat } from '../../graph/dtype.ts';
import { inputAttributes, isInput } from '../../graph/input.ts';
import { type Draw, ruleFor } from '../../graph/op.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { add, mul, sum } from '../../ops/index.ts';
import { type Certificate, certificateOf } from '../branch.ts';
import { dot, movedBy, sizeOfDot, type Verdict, verdictOf } from '../compare.ts';
import { drawCotangent, drawDirection } from '../draw.ts';
import type { Program } from '../program.ts';
import { Random } from '../random.ts';
import { central, fivePoint, sevenPoint } from '../stencil.ts';
import { Workbench } from '../workbench.ts';
import { type Level, pathsOf } from './derivatives.ts';
import { roundingOf, unitRoundoff } from './rounding.ts';

/** Steps as fractions of the scale: the next is tried while one is inconclusive. */
const fractions: readonly number[] = [2 ** -8, 2 ** -12, 2 ** -16, 2 ** -20];
/** So often a disagreement has to repeat, along other directions. */
const repeats = 2;

/** A gradient held against differences, along one direction of all inputs together. */
export interface NumericResult {
  readonly verdict: Verdict;
  readonly analytic: number;
  readonly numeric: number;
  readonly tolerance: number;
  /** The inputs along which it is wrong alone. */
  readonly inputs: readonly string[];
}

/**
 * The derivative of random combinations of all results along random directions of all inputs, in doubles; undefined
 * where there is nothing to differentiate. How far roundings carry is computed: every node's own bound, times how much
 * the result moves with that node.
 *
 * @param feeds a value for every leaf, on no kink.
 */
export function compareNumerically(level: Level, feeds: Arrays, seed: number): NumericResult | undefined {
  const slope = slopeOf(level, feeds);
  if (slope === undefined) return undefined;
  let last = slope.along(new Random(seed, 'numeric 0'), fractions[0]!);
  for (let k = 1; k < fractions.length && last.verdict === 'inconclusive'; k++)
    last = slope.along(new Random(seed, `numeric ${k}`), fractions[k]!);
  if (last.verdict !== 'wrong') return { ...last, inputs: [] };
  for (let k = 0; k < repeats; k++) {
    const again = slope.along(new Random(seed, `again ${k}`), fractions[k]! / 2);
    if (again.verdict !== 'wrong') return { ...again, verdict: 'inconclusive', inputs: [] };
  }
  const inputs = slope.names.filter(
    (name) => slope.along(new Random(seed, 'numeric 0'), fractions[0]!, name).verdict === 'wrong',
  );
  return { ...last, inputs };
}

interface Slope {
  readonly names: readonly string[];
  along(random: Random, fraction: number, only?: string): Omit<NumericResult, 'inputs'>;
}

function slopeOf({ results, leaves }: Level, feeds: Arrays): Slope | undefined {
  const { differentiable, sources } = pathsOf(Object.values(results), leaves);
  if (differentiable.length === 0) return undefined;
  const own = differentiable[0]!.graph.build(Object.fromEntries(differentiable.map((y, k) => [`y${k}`, y])));
  const bench = new Workbench();
  const inputs = Object.fromEntries(Object.keys(own.inputs).map((name) => [name, bench.input(name, feeds[name]!)]));
  const ys = Object.values(bench.g.inline(own, inputs));
  const us = ys.map((y, k) => bench.declare(`paired${k}`, y));
  const phi = ys.map((y, k) => sum(mul(y, us[k]!)) as Tensor).reduce((a, b) => add(a, b));
  const names = sources.map(({ node }) => inputAttributes(node).name);
  const between = leadingTo(ys);
  const wrt = [...names.map((name) => inputs[name]!), ...between];
  for (const [k, y] of ys.entries()) bench.set(`paired${k}`, drawCotangent(y, new Random(0, k)));
  const adjoints = vjp(ys, wrt, us);
  const forward = bench.program({ phi });
  const backward = bench.program({
    ...Object.fromEntries(adjoints.map((adjoint, k) => [`a${k}`, adjoint])),
    ...Object.fromEntries(
      between.flatMap(({ id, node }) => [id, ...Object.values(node.inputs)].map((one) => [one, bench.g.tensor(one)])),
    ),
  });
  const certificate = certificateOf(bench, phi);
  const draws = new Map(leaves.map(({ tensor, draw }) => [inputAttributes(tensor.node).name, draw]));
  return {
    names,
    along: (random, fraction, only) =>
      along({ bench, ys, names, between, forward, backward, certificate, draws }, random, fraction, only),
  };
}

interface Setting {
  readonly bench: Workbench;
  readonly ys: readonly Tensor[];
  readonly names: readonly string[];
  readonly between: readonly Tensor[];
  readonly forward: Program;
  readonly backward: Program;
  readonly certificate: Certificate;
  readonly draws: ReadonlyMap<string, Draw | undefined>;
}

function along(
  { bench, ys, names, between, forward, backward, certificate, draws }: Setting,
  random: Random,
  fraction: number,
  only: string | undefined,
): Omit<NumericResult, 'inputs'> {
  for (const [k, y] of ys.entries()) bench.set(`paired${k}`, drawCotangent(y, random.fork(`u${k}`)));
  const moved = only === undefined ? names : [only];
  const directions = moved.map((name) => {
    const draw = draws.get(name) ?? { kind: 'dyadic' };
    return [
      name,
      bench.feeds[name]!,
      drawDirection(bench.feeds[name]!, draw, { fraction }, random.fork(name)),
    ] as const;
  });
  const at = (steps: number): Arrays =>
    Object.fromEntries(directions.map(([name, x, d]) => [name, movedBy(x, d, steps)]));
  const values = new Map<number, number>();
  const phi = (steps: number): number => {
    const known = values.get(steps) ?? forward(at(steps)).phi!.item();
    values.set(steps, known);
    return known;
  };
  const numeric = central(sevenPoint, phi) / sevenPoint.divisor;
  const truncation = Math.abs(numeric - central(fivePoint, phi) / fivePoint.divisor);
  const there = backward();
  let [analytic, scale] = [0, 0];
  for (const [name, , direction] of directions) {
    const gradient = there[`a${names.indexOf(name)}`]!;
    analytic += dot(gradient, direction);
    scale += sizeOfDot(gradient, direction);
  }
  const rounding = 8 * roundingAt(there, between, names.length) + 64 * unitRoundoff.f64 * (scale + Math.abs(phi(1)));
  const uncertainty = rounding + 10 * truncation;
  const result = { analytic, numeric, tolerance: uncertainty };
  if (!Number.isFinite(uncertainty) || !Number.isFinite(numeric)) return { ...result, verdict: 'inconclusive' };
  const verdict = verdictOf(numeric, analytic, uncertainty, scale, truncation === 0);
  // Only where nothing agrees does it matter whether all points are on one piece.
  const onPiece = verdict !== 'wrong' || [-3, -2, -1, 1, 2, 3].every((steps) => certificate(at(steps)));
  return { ...result, verdict: onPiece ? verdict : 'inconclusive' };
}

/** How far the paired results may be off: every node's own roundings, weighted by the adjoint of that node. */
function roundingAt(there: Arrays, between: readonly Tensor[], first: number): number {
  let total = 0;
  for (const [k, { node }] of between.entries()) {
    const value = there[node.id]!;
    const adjoint = there[`a${first + k}`]!;
    const operands = Object.fromEntries(Object.entries(node.inputs).map(([name, id]) => [name, there[id]!]));
    const rounding = roundingOf(node, operands, value, unitRoundoff.f64);
    for (let i = 0; i < value.data.length; i++)
      if (adjoint.data[i] !== 0) total += Math.abs(adjoint.data[i]!) * rounding.at(i);
  }
  return total;
}

/** Floats computed from others, from which results are reached along rules. */
function leadingTo(ys: readonly Tensor[]): Tensor[] {
  const found = new Set(ys);
  for (const tensor of found)
    for (const [key, id] of Object.entries(tensor.node.inputs)) {
      const from = tensor.graph.tensor(id);
      if (isFloat(from.dtype) && typeof ruleFor(tensor.node.op, key) === 'function') found.add(from);
    }
  return [...found].filter(({ node }) => !isInput(node) && Object.keys(node.inputs).length > 0);
}
