import type { Campaign } from '../fuzz/campaign.ts';
import { adaptivePoolingLaws } from './adaptive-pooling.ts';
import { checkCase } from './check-case.ts';
import { type LawCase, type LawOptions, lawCases, placesFor } from './check-law.ts';
import { convolutionLaws } from './convolution.ts';
import { convolutionAlgebra } from './convolution-algebra.ts';
import { deformableLaws } from './deformable.ts';
import type { Law } from './law.ts';
import { lossLaws } from './losses.ts';
import { pointwiseLaws } from './pointwise.ts';
import { poolingLaws } from './pooling.ts';
import { rearrangingLaws } from './rearranging.ts';
import { resizingLaws } from './resizing.ts';
import { rewritingLaws } from './rewriting.ts';
import { samplingLaws } from './sampling.ts';
import { shuffleLaws } from './shuffles.ts';
import { sizeLaws } from './size-laws.ts';
import { specialCaseLaws } from './special-cases.ts';
import { spectralLaws } from './spectral.ts';
import { stackLaws } from './stacks.ts';
import { symmetryLaws } from './symmetries.ts';
import { transposedLaws } from './transposed.ts';
import { unpoolingLaws } from './unpooling.ts';

/** Every law there is. */
export const laws: readonly Law[] = [
  ...convolutionLaws,
  ...convolutionAlgebra,
  ...transposedLaws,
  ...poolingLaws,
  ...adaptivePoolingLaws,
  ...unpoolingLaws,
  ...resizingLaws,
  ...shuffleLaws,
  ...specialCaseLaws,
  ...deformableLaws,
  ...samplingLaws,
  ...spectralLaws,
  ...pointwiseLaws,
  ...lossLaws,
  ...rearrangingLaws,
  ...symmetryLaws,
  ...stackLaws,
  ...sizeLaws,
  ...rewritingLaws,
];

/** One campaign for each law. */
export function lawCampaigns(options: LawOptions = {}): Campaign<LawCase>[] {
  const places = placesFor(options);
  return laws.map((law) => ({
    name: `law ${law.name}`,
    kind: 'law',
    cases: lawCases(law, places),
    check: (drawn) => checkCase(law, drawn, places),
    show: ({ drawn, place, seed }) =>
      `${JSON.stringify(drawn)}  on ${places[place]!.backend.name} ${places[place]!.dtype}  seed ${seed}`,
  }));
}
