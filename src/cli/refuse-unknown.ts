import type { Command } from 'commander';
import { exitCode } from './exit-code.ts';

/** Ends a command where one of the names given is not among those known. */
export function refuseUnknown(
  what: string,
  names: readonly string[] | undefined,
  known: readonly string[],
  command: Command,
): void {
  const unknown = (names ?? []).filter((name) => !known.includes(name));
  if (unknown.length > 0)
    command.error(`error: no ${what} is called ${unknown.join(', ')}\nThere are: ${known.join(', ')}`, {
      exitCode: exitCode.usage,
    });
}
