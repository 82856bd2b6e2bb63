import { CotangentError } from '../graph/error.ts';

/** @throws CotangentError `train/not-finite`, always: what a step computed, where it began, and where the parameters before are. */
export function refuseNotFinite(
  step: number,
  found: { readonly [output: string]: number },
  where: readonly string[],
  checkpoint: string,
): never {
  const { loss, gradientNorm, parameterNorm } = found;
  const moved =
    Number.isFinite(loss) && Number.isFinite(gradientNorm) ? `, and parameters of length ${parameterNorm}` : '';
  throw new CotangentError({
    code: 'train/not-finite',
    summary: `step ${step + 1} computed a loss of ${loss} and a gradient of length ${gradientNorm}${moved}`,
    details: [...where, `the parameters before that step are saved in ${checkpoint}`],
    fix: 'train with a smaller --lr or with --clip, or look at the data of this step.',
  });
}
