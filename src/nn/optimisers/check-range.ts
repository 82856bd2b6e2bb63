import { CotangentError } from '../../graph/error.ts';

/**
 * Refuses options that are not numbers in [low, below).
 *
 * @throws CotangentError `optimizer/options`.
 */
export function checkRange(
  optimizer: string,
  options: { readonly [name: string]: number },
  low: number,
  below: number = Number.POSITIVE_INFINITY,
): void {
  for (const [name, value] of Object.entries(options))
    if (!(value >= low && value < below))
      throw new CotangentError({
        code: 'optimizer/options',
        summary: `${optimizer}: ${name} is ${value}`,
        fix:
          below === Number.POSITIVE_INFINITY
            ? `give a finite number of at least ${low}.`
            : `give a number of at least ${low} and below ${below}.`,
      });
}
