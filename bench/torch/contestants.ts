import { fileURLToPath } from 'node:url';
import { pythonWithTorch } from '../../test/python.ts';
import type { Contestant } from '../contestant.ts';

/**
 * PyTorch with one thread and with two, by each of these Pythons; without any, by `$PYTHON` or one on the path. The second
 * Python runs what the first one cannot, and so on. None where no Python has it.
 */
export function torchContestants(pythons?: readonly string[]): readonly Contestant[] {
  const found = pythons ?? [pythonWithTorch()].filter((python) => python !== undefined);
  const script = fileURLToPath(new URL('./child.py', import.meta.url));
  return found.flatMap((python, k) =>
    [1, 2].map((threads): Contestant => {
      const nameOf = (place: number): string => `PyTorch${place === 0 ? '' : ` by Python ${place + 1}`} ${threads}t`;
      return {
        name: nameOf(k),
        family: 'PyTorch',
        threads,
        launch: { command: python, args: ['-B', script, '--threads', String(threads)] },
        role: 'pytorch',
        ...(k === 0 ? {} : { standsInFor: nameOf(k - 1) }),
        excuse: () => undefined,
      };
    }),
  );
}
