import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { reference } from 'cotangent';
import { describe, expect, it } from 'vitest';
import { folderJobs } from '../../conformance/run/jobs.ts';
import { pythonWithTorch } from '../python.ts';

const python = pythonWithTorch();
if (python === undefined) console.log('skipped: no python3 here can import torch');

/** `SEED` in the environment draws other cases, `CASES` more of them per operator. */
const { SEED = '1', CASES = '6' } = process.env;

describe.skipIf(python === undefined)('fresh cases by the PyTorch installed here', () => {
  it(`give its results, gradients and Hessian products (seed ${SEED}, ${CASES} cases an operator)`, () => {
    const folder = mkdtempSync(join(tmpdir(), 'cotangent-fresh-'));
    try {
      const generate = new URL('../../conformance/live/generate.py', import.meta.url).pathname;
      const options = ['-W', 'ignore', generate, '--seed', SEED, '--cases', CASES, '--out', folder];
      const made = spawnSync(python!, options, { encoding: 'utf8' });
      expect(made.stderr + (made.status === 0 ? '' : made.stdout)).toBe('');
      const outcomes = folderJobs('torch', folder).map(({ run }) => run({ backend: reference }));
      expect(outcomes.length).toBeGreaterThan(100 * Number(CASES) * 0.9);
      const off = outcomes.filter(({ status }) => status === 'failed');
      expect(off.map(({ name, reasons }) => [name, ...reasons])).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
