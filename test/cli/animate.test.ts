import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../train/temporary-folder.ts';
import { runInProcess } from './run-in-process.ts';

describe('cotangent animate', () => {
  const dir = temporaryFolder();

  it('prints an animation, or writes it', async () => {
    const printed = await runInProcess(['animate', '--size', '7,5', '--kernel', '3x2', '--dilation', '2,1']);
    expect(printed.stdout).toMatch(/^<svg [\s\S]*i = 7×5, k = 3×2, d = 2×1 → 3×4<\/text>\n<\/svg>\n$/);
    const file = join(dir, 'a.svg');
    const told = await runInProcess([
      'animate',
      '--transposed',
      '--stride',
      '2',
      '--output-padding',
      '1',
      '--out',
      file,
    ]);
    expect(told.stdout).toMatch(/^transposed: .* → 12×12\nwritten to /);
    expect(readFileSync(file, 'utf8')).toContain('→ 12×12');
  });

  it.each([
    [['--size', '2', '--kernel', '3'], /conv\/window/, 1],
    [['--kernel', '0'], /at least 1/, 2],
    [['--kernel', '3,3,3'], /rows and columns/, 2],
  ] as const)('refuses %j', async (args, message, code) => {
    const run = await runInProcess(['animate', ...args]);
    expect(run.code).toBe(code);
    expect(run.stderr).toMatch(message);
  });
});
