import * as fc from 'fast-check';
import type { Backend } from '../../backends/backend.ts';
import { backends } from '../../backends/backends.ts';
import { wasmWith } from '../../backends/wasm/wasm.ts';
import { CotangentError } from '../../graph/error.ts';
import type { Outcome } from '../fuzz/campaign.ts';
import { checkCase } from './check-case.ts';
import type { Law } from './law.ts';

/** Where laws are tried. */
export interface LawOptions {
  /**
   * By default each case is tried on one of the reference in f64 and the compiled backend in f64 and f32, and there with
   * `exact` algorithms: those laws that nothing rounds ask for equal bits.
   */
  readonly backend?: Backend;
  /** The dtype of floats; default f64 with a backend of one’s own. */
  readonly dtype?: 'f64' | 'f32';
}

/** Options of {@link checkLaw}. */
export interface CheckLawOptions extends LawOptions {
  /** Default 20. */
  readonly runs?: number;
  /** Default another one every time. */
  readonly seed?: number;
}

/** One case of a law: its geometry, where it is tried and from which seed its values come. */
export interface LawCase {
  readonly drawn: object;
  /** Which of the places. */
  readonly place: number;
  readonly seed: number;
}

/** A backend and the dtype of floats. */
export interface LawPlace {
  readonly backend: Backend;
  readonly dtype: 'f64' | 'f32';
}

const compiled = wasmWith({ threads: 1, exact: true });

const everywhere: readonly LawPlace[] = [
  { backend: backends.reference, dtype: 'f64' },
  { backend: compiled, dtype: 'f64' },
  { backend: compiled, dtype: 'f32' },
];

/** The places that options name, simplest first. */
export function placesFor({ backend, dtype }: LawOptions): readonly LawPlace[] {
  if (backend !== undefined) return [{ backend, dtype: dtype ?? 'f64' }];
  return dtype === undefined ? everywhere : everywhere.filter((place) => place.dtype === dtype);
}

/** Cases of a law; they shrink to the first place. */
export const lawCases = (law: Law, places: readonly LawPlace[]): fc.Arbitrary<LawCase> =>
  fc.record({ drawn: law.cases(fc), place: fc.nat(places.length - 1), seed: fc.nat(0xffffffff) });

/**
 * Tries a law in so many cases. The first that refutes it is made as small as possible and told; fast-check is needed.
 *
 * @throws CotangentError `option/value` for a number of runs that is no whole number of at least 1.
 */
export function checkLaw(law: Law, options: CheckLawOptions = {}): Outcome {
  const { runs = 20, seed } = options;
  if (!Number.isSafeInteger(runs) || runs < 1)
    throw new CotangentError({
      code: 'option/value',
      summary: `runs is ${runs}`,
      fix: 'give a whole number of at least 1.',
    });
  const places = placesFor(options);
  const covers = new Set<string>();
  let compared = 0;
  const proves = fc.property(lawCases(law, places), (drawn) => {
    const outcome = checkCase(law, drawn, places);
    compared += outcome.compared;
    for (const word of outcome.covers) covers.add(word);
    return outcome.verdict === 'proved';
  });
  const { counterexample } = fc.check(proves, { numRuns: runs, ...(seed === undefined ? {} : { seed }) });
  if (counterexample !== null) return checkCase(law, counterexample[0], places);
  return { verdict: 'proved', compared, covers: [...covers] };
}
