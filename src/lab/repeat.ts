import { setImmediate } from 'node:timers/promises';
import type { LabOptions } from './system.ts';

/**
 * Does something so many times, tells of it at once and then about a hundred times, and lets signals and the display in between.
 *
 * @throws the signal's reason once it is aborted.
 */
export async function repeat(
  { progress, signal }: Pick<LabOptions, 'progress' | 'signal'>,
  what: string,
  count: number,
  once: (k: number) => void,
): Promise<void> {
  const every = Math.max(1, Math.floor(count / 100));
  for (let k = 0; k < count; k++) {
    signal?.throwIfAborted();
    once(k);
    if ((k + 1) % every !== 0 && k > 0 && k + 1 < count) continue;
    progress(k + 1, count, what);
    await setImmediate();
  }
}
