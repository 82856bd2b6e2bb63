import { CotangentError } from '../../graph/error.ts';

/**
 * Refuses channels that cannot be split into so many equal groups.
 *
 * @throws CotangentError `layer/groups`.
 */
export function evenly(layer: string, channels: { readonly [name: string]: number }, groups: number): void {
  for (const [name, count] of Object.entries(channels))
    if (!Number.isInteger(groups) || groups < 1 || count % groups !== 0)
      throw new CotangentError({
        code: 'layer/groups',
        summary: `${layer}: ${name} is ${count} channels, which ${groups} groups cannot share`,
        fix: 'choose a number of groups that divides all channel counts.',
      });
}
