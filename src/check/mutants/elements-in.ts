import type { NdArray } from '../../graph/nd-array.ts';
import { compareElements, directionFor, type Measured, smoothFractions } from '../compare.ts';
import type { Mode } from '../gradcheck-error.ts';
import type { Random } from '../random.ts';

/** A function of one input at one point, and whether nothing in it is rounded. */
export interface Line extends Omit<Measured, 'mode'> {
  readonly exact: boolean;
}

/** Holds gradients for `line.u` against numeric derivatives, which are measured once for every mode. */
export function elementsIn(line: Line, right: NdArray, random: Random): (gradient: NdArray, mode: Mode) => boolean {
  const measured = new Map<Mode, (gradient: NdArray) => boolean>();
  return (gradient, wanted) => {
    const mode = modeFor(line, wanted);
    const known = measured.get(mode);
    if (known !== undefined) return known(gradient);
    const agrees = measure({ ...line, mode, probe: probeFor(line, mode) }, right, random);
    measured.set(mode, agrees);
    return agrees(gradient);
  };
}

function modeFor({ probe, exact }: Line, wanted: Mode): Mode {
  if (probe.degree === 'smooth' || wanted === 'smooth') return 'smooth';
  return exact ? wanted : 'bounded';
}

const probeFor = ({ probe }: Line, mode: Mode): Measured['probe'] =>
  mode === 'smooth' ? { ...probe, degree: 'smooth' } : probe;

function measure(measured: Measured, right: NdArray, random: Random): (gradient: NdArray) => boolean {
  const direction = directionFor(measured, smoothFractions[0]!, random);
  const elements = compareElements(measured, right, direction);
  return ({ data }) =>
    elements.every(({ verdict, difference, divisor, tolerance }, i) => {
      const error = Math.abs(data[i]! * direction.data[i]! * divisor - difference);
      return verdict === 'inconclusive' || error <= tolerance * divisor;
    });
}
