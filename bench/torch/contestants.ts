import { fileURLToPath } from 'node:url';
import { pythonWithTorch } from '../../test/python.ts';
import type { Contestant } from '../contestant.ts';

/** PyTorch with one thread and with two; none where no Python has it. */
export function torchContestants(): readonly Contestant[] {
  const python = pythonWithTorch();
  if (python === undefined) return [];
  const script = fileURLToPath(new URL('./child.py', import.meta.url));
  return [1, 2].map((threads) => ({
    name: `PyTorch ${threads}t`,
    launch: { command: python, args: ['-B', script, '--threads', String(threads)] },
    role: 'pytorch',
    excuse: () => undefined,
  }));
}
