import { CotangentError } from '../../graph/error.ts';
import { array, type NdArray } from '../../graph/nd-array.ts';
import { f64 } from '../../graph/type.ts';

/**
 * Which frequencies of an axis become which when every `factor`-th element is kept (operators.md 28): entry k lists the bins that are added up in
 * bin k of the result, k itself first. The spectrum is not only stretched: factor copies of it are added, and divided by factor.
 *
 * @throws CotangentError `folding/size` unless the factor divides the size.
 */
export function foldedBins(size: number, factor: number): number[][] {
  checkFactor(size, factor);
  const kept = size / factor;
  return Array.from({ length: kept }, (_, k) => Array.from({ length: factor }, (_, m) => k + m * kept));
}

/** How much of what is left after sampling was there before. */
export interface AliasedEnergy {
  /** Energy above the new limit over all energy, from 0 to 1: so much of the result is not what it seems to be. */
  readonly fraction: number;
  /** The share of each bin of the result that is aliased, `f64` of the sizes divided by the factor. */
  readonly byBin: NdArray;
}

/**
 * How much of the energy that sampling keeps was above the limit of 1 / (2 · factor) cycles per element and now poses as something else
 * (operators.md 28).
 *
 * @param magnitude what the filter before the sampling leaves of each frequency, as {@link responseOf} tells, over one or two axes
 * @param factor of all axes, or of each
 * @param spectrum the magnitude of the signal's spectrum, of the same shape; white noise unless given
 * @throws CotangentError `folding/size` unless the factor divides every size and both are of one shape.
 */
export function aliasedEnergy(
  magnitude: NdArray,
  factor: number | readonly number[],
  spectrum?: NdArray,
): AliasedEnergy {
  const factors = magnitude.shape.map((_, axis) => (typeof factor === 'number' ? factor : (factor[axis] ?? 1)));
  for (const [axis, size] of magnitude.shape.entries()) checkFactor(size, factors[axis]!);
  if (spectrum !== undefined && spectrum.shape.join() !== magnitude.shape.join())
    throw new CotangentError({
      code: 'folding/size',
      summary: `the response is over [${magnitude.shape}], the spectrum over [${spectrum.shape}]`,
      fix: 'take both over the same sizes.',
    });
  const sizes = magnitude.shape.map((size, axis) => size / factors[axis]!);
  const inside = array(f64(...sizes));
  const total = array(f64(...sizes));
  for (let i = 0; i < magnitude.data.length; i++) {
    const energy = (magnitude.data[i]! * (spectrum?.data[i] ?? 1)) ** 2;
    const { bin, aliased } = landing(i, magnitude.shape, factors);
    total.data[bin]! += energy;
    if (!aliased) inside.data[bin]! += energy;
  }
  const byBin = array(f64(...sizes));
  let [kept, all] = [0, 0];
  for (let k = 0; k < byBin.data.length; k++) {
    const [own, sum] = [inside.data[k]!, total.data[k]!];
    byBin.data[k] = sum === 0 ? 0 : 1 - own / sum;
    kept += own;
    all += sum;
  }
  return { fraction: all === 0 ? 0 : 1 - kept / all, byBin };
}

/** Where bin i of all lands, and whether it comes from beyond the limit along any axis. */
function landing(i: number, shape: readonly number[], factors: readonly number[]): { bin: number; aliased: boolean } {
  let [rest, bin, stride, aliased] = [i, 0, 1, false];
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const [size, factor] = [shape[axis]!, factors[axis]!];
    const k = rest % size;
    rest = Math.floor(rest / size);
    bin += (k % (size / factor)) * stride;
    stride *= size / factor;
    // At the limit itself a cosine survives and a sine is lost: only what is beyond counts.
    aliased ||= Math.min(k, size - k) * 2 * factor > size;
  }
  return { bin, aliased };
}

function checkFactor(size: number, factor: number): void {
  if (Number.isInteger(factor) && factor >= 1 && size % factor === 0) return;
  throw new CotangentError({
    code: 'folding/size',
    summary: `every ${factor}th of ${size} elements`,
    fix: 'give a whole factor that divides the size.',
  });
}
