import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** A folder that is removed after the file's tests. */
export function temporaryFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'cotangent-'));
  afterAll(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}
