import { array, type NdArray } from '../graph/nd-array.ts';
import type { Certificate } from './branch.ts';
import {
  type Comparison,
  compareAlong,
  compareElements,
  directionFor,
  type Measured,
  movedBy,
  smoothFractions,
  stencilOf,
} from './compare.ts';
import { onlyComponent } from './draw.ts';
import { type Faults, mostElements } from './fault.ts';
import { betweenSides } from './one-sided.ts';
import type { Random } from './random.ts';

/** A gradient that disagrees with differences, and what is needed to find out why. */
export interface Dispute {
  readonly measured: Measured;
  readonly gradient: NdArray;
  readonly direction: NdArray;
  readonly fault: Faults;
  readonly random: Random;
  /** At a kink: nothing is decided, or the gradient must lie between both one-sided derivatives. */
  readonly kinks: 'avoid' | 'one-sided';
  certificate(): Certificate;
  /** The gradient for another cotangent. */
  pull(u: NdArray): NdArray;
  /** Another cotangent, or the same one where only one of the results is looked at. */
  redraw(random: Random): NdArray;
  /** A cotangent of all results: what is shown of the gradient is the whole of it. */
  dense(random: Random): NdArray;
}

/** How often a step is halved until all points are on one piece. */
const mostHalvings = 14;

/** Roundings on the way may be larger than results show: so often a disagreement must repeat, every time. */
const repeats = 3;

/**
 * Finds out whether a disagreement is the gradient's fault: not where points lie on different pieces of the function,
 * and not where other cotangents and steps agree.
 *
 * @returns whether everything could be explained; `inconclusive` is told to `fault` otherwise.
 * @throws GradcheckError `gradcheck/mismatch` or `gradcheck/inconclusive`.
 */
export function settle(dispute: Dispute): void {
  for (const i of suspectsOf(dispute)) settleOne(dispute, i);
}

/** The elements that are wrong by themselves, of large inputs only one; undefined stands for the whole direction. */
function suspectsOf({ measured, gradient, direction }: Dispute): readonly (number | undefined)[] {
  if (direction.data.length > mostElements) return [bisect(measured, gradient, direction)];
  const wrong = compareElements(measured, gradient, direction).flatMap(({ verdict }, i) =>
    verdict === 'wrong' ? [i] : [],
  );
  return wrong.length === 0 ? [undefined] : wrong;
}

/** Halves a direction that is wrong until one element is left. */
function bisect(measured: Measured, gradient: NdArray, direction: NdArray): number | undefined {
  const isWrong = (from: number, below: number): boolean => {
    const part = array(direction);
    part.data.set(direction.data.subarray(from, below), from);
    return compareAlong(measured, gradient, part).verdict === 'wrong';
  };
  let [from, below] = [0, direction.data.length];
  while (below - from > 1) {
    const middle = (from + below) >> 1;
    if (isWrong(from, middle)) below = middle;
    else if (isWrong(middle, below)) from = middle;
    else return undefined;
  }
  return from;
}

function settleOne(dispute: Dispute, element: number | undefined): void {
  const { measured, gradient, fault, kinks } = dispute;
  const whole = dispute.direction;
  const direction = element === undefined ? whole : onlyComponent(whole, element);
  const halvings = halvingsTo(dispute, direction);
  if (halvings === undefined) {
    if (kinks === 'avoid') fault.onKink(measured);
    requireBetween(dispute, direction);
    return;
  }
  const near = halvings === 0 ? measured : shortened(measured);
  const { verdict } = compareAlong(near, gradient, scaled(direction, halvings));
  if (verdict === 'inconclusive') fault.inconclusive(measured);
  if (verdict === 'equal') return;
  const roundings = near.mode === 'exact' ? 0 : repeats;
  for (let k = 1; k <= roundings; k++)
    if (again(dispute, near, element, halvings, k).verdict !== 'wrong') fault.unrepeated(measured);
  const u = dispute.dense(dispute.random.fork('shown'));
  fault.mismatch(near, gradient, scaled(whole, halvings), element, { u, gradient: dispute.pull(u) });
}

/** How often the step must be halved until all points of the stencil are on the centre's piece. */
function halvingsTo({ measured, certificate }: Dispute, direction: NdArray): number | undefined {
  const isOnPiece = certificate();
  const { probe } = measured;
  const reach = stencilOf(probe.degree).weights.length;
  for (let k = 0; k <= mostHalvings; k++) {
    let same = true;
    for (let j = -reach; same && j <= reach; j++)
      if (j !== 0) same = isOnPiece({ [probe.name]: movedBy(probe.at, direction, j / 2 ** k) });
    if (same) return k;
  }
  return undefined;
}

/** Shorter steps need more bits than there may be. */
const shortened = (measured: Measured): Measured =>
  measured.mode === 'exact' ? { ...measured, mode: 'bounded' } : measured;

function again(
  { random, redraw, pull }: Dispute,
  measured: Measured,
  element: number | undefined,
  halvings: number,
  k: number,
): Comparison {
  const fork = random.fork(`again ${k}`);
  const u = redraw(fork.fork('ct'));
  const whole = directionFor(measured, smoothFractions[k % smoothFractions.length]!, fork);
  const direction = element === undefined ? whole : onlyComponent(whole, element);
  return compareAlong({ ...measured, u }, pull(u), scaled(direction, halvings));
}

/** Of every result alone: a sum of them may lie on no side of anything. */
function requireBetween({ measured, fault, pull }: Dispute, direction: NdArray): void {
  const { u, probe, evaluate } = measured;
  const alone = array(u);
  for (let k = 0; k < u.data.length; k++) {
    if (u.data[k] === 0) continue;
    alone.data.fill(0);
    alone.data[k] = u.data[k]!;
    const phi = (steps: number): number => evaluate(movedBy(probe.at, direction, steps)).data[k]! * u.data[k]!;
    const gradient = pull(alone);
    const sides = betweenSides(phi, gradient, direction);
    if (sides.verdict !== 'equal') fault.notBetween(measured, gradient, sides);
  }
}

function scaled(direction: NdArray, halvings: number): NdArray {
  if (halvings === 0) return direction;
  const shorter = array(direction);
  for (let i = 0; i < direction.data.length; i++) shorter.data[i] = direction.data[i]! / 2 ** halvings;
  return shorter;
}
