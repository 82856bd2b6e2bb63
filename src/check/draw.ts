import { isFloat } from '../graph/dtype.ts';
import { fail } from '../graph/error.ts';
import { array, type NdArray } from '../graph/nd-array.ts';
import type { Draw } from '../graph/op.ts';
import { sizeOf } from '../graph/shape.ts';
import type { Type } from '../graph/type.ts';
import type { Random } from './random.ts';

const dyadic: Draw = { kind: 'dyadic' };
const indices: Draw = { kind: 'integers', low: 0, high: 3 };
const masks: Draw = { kind: 'integers', low: 0, high: 1 };

/** How an input is drawn when its case does not say. */
export const defaultDraw = ({ dtype }: Type): Draw => (isFloat(dtype) ? dyadic : dtype === 'bool' ? masks : indices);

/** A point of the given type: dyadic rationals in the domain that `draw` names, never on a kink. */
export function drawPoint(type: Type, draw: Draw, random: Random): NdArray {
  const length = sizeOf(type.shape);
  const order = draw.kind === 'distinct' ? random.permutation(length) : [];
  const point = array(type);
  for (let i = 0; i < length; i++) point.data[i] = pointAt(draw, order[i] ?? 0, i, random);
  return point;
}

/** Floats without zeros: with no factor zero, a single wrong entry of a Jacobian cannot hide behind it. */
export const drawCotangent = (type: Type, random: Random): NdArray => drawPoint(type, dyadic, random);

function pointAt(draw: Draw, rank: number, i: number, random: Random): number {
  switch (draw.kind) {
    case 'dyadic':
      return (random.sign(i) * random.integer(i, 1, 16)) / 8;
    case 'distinct':
      return rank + (draw.offset ?? 0);
    case 'between': {
      const { step = 1, offset = 0 } = draw;
      const eighths = Math.floor(step * 8) - 2;
      if (eighths < 2) fail('gradcheck/draw', `no room between kinks ${step} apart`, 'give a step of at least 1/2.');
      return offset + step * random.integer(~i, -2, 1) + random.integer(i, 2, eighths) / 8;
    }
    case 'range': {
      const grain = powerOfTwoBelow(draw.high - draw.low) / 256;
      const grains = Math.floor((draw.high - draw.low) / grain);
      return Math.ceil(draw.low / grain) * grain + random.integer(i, grains >> 3, grains - (grains >> 3) - 1) * grain;
    }
    case 'integers':
      return random.integer(i, draw.low, draw.high);
  }
}

/**
 * How far a stencil goes: whole steps on a lattice where polynomials are exact, over the whole domain if it goes
 * `across`, or a small fraction of the scale.
 */
export type Reach = { readonly steps: number; readonly across?: boolean } | { readonly fraction: number };

/**
 * A direction from `at`, no component zero, such that all stencil points stay on one piece of the function: at most
 * `steps` of it keep within what `draw` allows, or, for smooth functions, three of it move by about `fraction` of the scale.
 */
export function drawDirection(at: NdArray, draw: Draw, reach: Reach, random: Random): NdArray {
  const direction = array(at);
  let last: Unit | undefined;
  for (let i = 0; i < at.data.length; i++) {
    last = last === undefined || draw.kind === 'range' ? unitAt(roomAt(draw, at.data[i]!), reach) : last;
    direction.data[i] = random.sign(i) * random.integer(i, last.least, 8) * last.size;
  }
  return direction;
}

/** What components of a direction are multiples of, from `least` up to eight. */
interface Unit {
  readonly size: number;
  readonly least: number;
}

function unitAt({ scale, limit }: Room, reach: Reach): Unit {
  if (!('steps' in reach)) return { size: powerOfTwoBelow(Math.min(scale * reach.fraction, limit / 4)) / 8, least: 4 };
  const room = reach.across === true ? Math.max(limit, scale) : limit;
  return { size: latticeStep(room, reach.steps) / 8, least: 1 };
}

/** One component of a direction alone, zero elsewhere. */
export function onlyComponent(direction: NdArray, i: number): NdArray {
  const alone = array(direction);
  alone.data[i] = direction.data[i]!;
  return alone;
}

const latticeStep = (limit: number, steps: number): number => powerOfTwoBelow(Math.min(1, limit / steps));

interface Room {
  /** Over what length a function of this domain varies. */
  readonly scale: number;
  /** How far a point may be moved. */
  readonly limit: number;
}

function roomAt(draw: Draw, x: number): Room {
  switch (draw.kind) {
    case 'dyadic':
    case 'integers':
      return { scale: 1, limit: Number.POSITIVE_INFINITY };
    case 'distinct':
    case 'between':
      return { scale: 1 / 8, limit: 1 / 8 };
    case 'range': {
      const distance = Math.min(x - draw.low, draw.high - x);
      return { scale: distance, limit: distance / 8 };
    }
  }
}

const powerOfTwoBelow = (x: number): number => 2 ** Math.floor(Math.log2(x));
