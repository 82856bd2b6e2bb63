import { CotangentError } from '../../graph/error.ts';
import type { Net } from '../net.ts';
import type { NetConfig } from './net-kind.ts';
import { nets } from './nets.ts';

/** {@link NetConfig}, where what is undefined is left to the net. */
export type NetChoice = { readonly [K in keyof NetConfig]: NetConfig[K] | undefined } & {
  readonly inChannels: number;
  readonly classes: number;
};

/**
 * Makes the net of that name in {@link nets}, in its own default size where none is given.
 *
 * @throws CotangentError `net/unknown` for an unknown name; and what the net itself refuses.
 */
export function makeNet(name: string, { inChannels, classes, width, depth, norm, dtype }: NetChoice): Net {
  if (!Object.hasOwn(nets, name))
    throw new CotangentError({
      code: 'net/unknown',
      summary: `there is no net '${name}'`,
      fix: `use one of: ${Object.keys(nets).join(', ')}.`,
    });
  const { defaults, make } = nets[name]!;
  return make({
    inChannels,
    classes,
    width: width ?? defaults.width,
    depth: depth ?? defaults.depth,
    ...(norm === undefined ? {} : { norm }),
    ...(dtype === undefined ? {} : { dtype }),
  });
}
