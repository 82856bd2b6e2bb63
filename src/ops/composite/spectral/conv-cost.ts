import { sizeOf } from '../../../graph/shape.ts';
import type { Type } from '../../../graph/type.ts';
import type { ConvAttributes } from '../../window/conv.ts';
import { extent } from '../../window/extent.ts';

/**
 * What a machine and backend take for the parts of both ways to convolve, in nanoseconds. `calibrateConvCost` measures it;
 * only the proportions matter.
 */
export interface ConvCost {
  /** One multiply-add of the direct sum. */
  readonly multiplyAdd: number;
  /** One complex number passing one factor 2 of a Fourier transform. */
  readonly butterfly: number;
  /** One real multiply-add of the product of spectra. */
  readonly product: number;
  /** One number of a block read and written again, as cutting into blocks, reordering and padding do. */
  readonly move: number;
}

/** What the reference backend takes on a common processor. */
export const defaultConvCost: ConvCost = { multiplyAdd: 0.45, butterfly: 5, product: 1.6, move: 4.5 };

/** How often every number of a block is moved. */
const moves = 8;

/** How a correlation is done by transforms: the length of the blocks per spatial axis, and what it takes. */
export interface FftPlan {
  readonly blocks: readonly number[];
  readonly nanoseconds: number;
}

/** What the direct sum takes. */
export const directNanoseconds = (w: Type, y: Type, cost: ConvCost): number =>
  cost.multiplyAdd * sizeOf(y.shape) * sizeOf(w.shape.slice(1));

/** Positions along each spatial axis before any are passed over by a stride. */
export const densePositions = (x: Type, w: Type, { axes }: ConvAttributes): number[] =>
  axes.map(({ lo, hi, wDilation }, k) => x.shape[k + 2]! + lo + hi - extent(w.shape[k + 2]!, wDilation) + 1);

/** The cheapest blocks for overlap-save: short ones transform fast, long ones overlap less. */
export function planFft(x: Type, w: Type, attributes: ConvAttributes, cost: ConvCost): FftPlan {
  const dense = densePositions(x, w, attributes);
  const spans = attributes.axes.map(({ wDilation }, k) => extent(w.shape[k + 2]!, wDilation));
  const choices = dense.map((positions, k) => lengthsFor(spans[k]!, positions));
  const plans = product(choices).map((blocks) => {
    return { blocks, nanoseconds: fftNanoseconds(x, w, blocks, { dense, spans, cost }) };
  });
  return plans.reduce((best, plan) => (plan.nanoseconds < best.nanoseconds ? plan : best));
}

interface Walk {
  readonly dense: readonly number[];
  readonly spans: readonly number[];
  readonly cost: ConvCost;
}

function fftNanoseconds(x: Type, w: Type, blocks: readonly number[], { dense, spans, cost }: Walk): number {
  const [batch, channels] = x.shape as readonly [number, number];
  const [outputs, inputs] = w.shape as readonly [number, number];
  const tiles = batch * blocks.reduce((count, l, k) => count * Math.ceil(dense[k]! / (l - spans[k]! + 1)), 1);
  const points = sizeOf(blocks);
  const planes = tiles * (channels + outputs) + outputs * inputs;
  // Of a real signal half the frequencies are enough, but those of the first axis transformed.
  const passes = Math.log2(Math.max(2, blocks.at(-1)!)) + 0.5 * Math.log2(Math.max(1, sizeOf(blocks.slice(0, -1))));
  const products = 4 * tiles * outputs * inputs * (points / 2);
  return planes * points * (cost.butterfly * passes + cost.move * moves) + cost.product * products;
}

/** Lengths that transform fast, from one that holds the window to one that needs a single block. */
function lengthsFor(span: number, positions: number): number[] {
  const whole = span + positions - 1;
  const lengths: number[] = [];
  for (let power = 1; ; power *= 2)
    for (const length of power === 1 ? [1] : [power, 1.5 * power]) {
      if (length < span) continue;
      lengths.push(length);
      if (length >= whole) return lengths;
    }
}

/** Every way to take one of each list. */
const product = (lists: readonly (readonly number[])[]): number[][] =>
  lists.reduce<number[][]>((ways, list) => ways.flatMap((way) => list.map((one) => [...way, one])), [[]]);
