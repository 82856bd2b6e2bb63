import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeFolder } from '../../src/io/make-folder.ts';
import { writeAtomically } from '../../src/io/write-atomically.ts';

const procThere = existsSync('/proc/self');
if (!procThere) console.log('skipped: there is no /proc here');

describe('makeFolder', () => {
  it('makes all that is missing, and nothing where all is there', () => {
    const root = mkdtempSync(join(tmpdir(), 'cotangent-'));
    try {
      makeFolder(join(root, 'a', 'b', 'c'));
      makeFolder(join(root, 'a', 'b'));
      expect(existsSync(join(root, 'a', 'b', 'c'))).toBe(true);
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });

  it.skipIf(!procThere)('comes back with an error from file systems that take no folders', () => {
    expect(() => writeAtomically('/proc/cotangent/run/file', 'x')).toThrow(/io\/write: cannot write/);
  });
});
