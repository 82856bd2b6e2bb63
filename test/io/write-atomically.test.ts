import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { isUnfinished, writeAtomically } from '../../src/io/write-atomically.ts';

const root = mkdtempSync(join(tmpdir(), 'cotangent-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Whether this system lets a process mount a small disk for itself alone. */
const canMount = spawnSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0;
if (!canMount) console.log('skipped: no small disk can be mounted here');

describe('writeAtomically', () => {
  it('replaces what stood there, and leaves nothing else', () => {
    const path = join(root, 'whole', 'file');
    writeAtomically(path, 'old');
    writeAtomically(path, new Uint8Array([110, 101, 119]));
    expect(readFileSync(path, 'utf8')).toBe('new');
    expect(readdirSync(join(root, 'whole'))).toEqual(['file']);
  });

  it('leaves nothing where it cannot write', () => {
    const path = join(root, 'folder', 'file');
    mkdirSync(join(path, 'inside'), { recursive: true });
    expect(() => writeAtomically(path, 'x')).toThrow(/io\/write: cannot write/);
    expect(readdirSync(join(root, 'folder'))).toEqual(['file']);
  });

  it('tells its unfinished files from others', () => {
    expect(isUnfinished('checkpoint.safetensors.123-0a1b2c3d.unfinished')).toBe(true);
    expect(['checkpoint.safetensors', 'unfinished', 'a.unfinished', '12.png'].some(isUnfinished)).toBe(false);
  });

  // A single write of what does not fit writes a part and reports no error.
  it.skipIf(!canMount)('keeps the old file on a disk that fills up', () => {
    const script = join(root, 'fill.mts');
    writeFileSync(
      script,
      `import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { writeAtomically } from '${new URL('../../src/io/write-atomically.ts', import.meta.url).href}';
writeAtomically('/mnt/file', 'old');
writeFileSync('/mnt/filling', new Uint8Array(300 * 1024));
try { writeAtomically('/mnt/file', new Uint8Array(600 * 1024)); } catch (error) { console.log(error.message); }
console.log(readFileSync('/mnt/file', 'utf8'), readdirSync('/mnt').join());`,
    );
    const tsx = new URL('../../node_modules/.bin/tsx', import.meta.url).pathname;
    const mounted = `mount -t tmpfs -o size=700k tmpfs /mnt && exec '${tsx}' '${script}'`;
    const { stdout } = spawnSync('unshare', ['-rm', 'sh', '-c', mounted], { encoding: 'utf8' });
    expect(stdout).toMatch(/^io\/write: cannot write \/mnt\/file\n {2}ENOSPC.*\n.*\nold file,filling\n$/);
  });
});
