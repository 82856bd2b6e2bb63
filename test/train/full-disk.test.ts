import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bundledCommand } from './bundled-command.ts';
import { temporaryFolder } from './temporary-folder.ts';

const root = temporaryFolder();

/** Whether this system lets a process mount a small disk for itself alone. */
const canMount = spawnSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0;
if (!canMount) console.log('skipped: no small disk can be mounted here');

const options =
  '--size 16 --classes 2 --count 6 --val 2 --width 4 --depth 1 --batch 2 --crop 16 --epochs 4 --steps-per-epoch 20 ' +
  '--threads 1';

describe.skipIf(!canMount)('a disk', { timeout: 120_000 }, () => {
  it('that fills up ends a run with an error that names the file; with room again it goes on to the same bits', async () => {
    const node = `'${process.execPath}' '${await bundledCommand(root)}'`;
    const straight = join(root, 'straight');
    spawnSync('sh', ['-c', `${node} train ${options} --out '${straight}'`]);
    // Room for: the record; the first checkpoint; the first overlays; some of the log.
    for (const room of [8, 48, 72, 96]) {
      const out = join(root, `room-${room}`);
      const script = `
        mount -t tmpfs -o size=2m tmpfs /mnt && mkdir '${out}'
        head -c $((2048 * 1024 - ${room} * 1024)) /dev/zero > /mnt/filling
        ${node} train ${options} --out /mnt/run 2> '${out}/error'; echo $? > '${out}/status'
        rm /mnt/filling
        if [ -e /mnt/run/run.json ]; then ${node} train --resume /mnt/run; else ${node} train ${options} --out /mnt/run; fi
        cp -r /mnt/run '${out}'`;
      spawnSync('unshare', ['-rm', 'sh', '-c', script]);
      const read = (name: string): string => readFileSync(join(out, name), 'utf8');
      expect(read('status'), `with ${room} KiB`).toBe('1\n');
      expect(read('error')).toMatch(/^io\/write: cannot write \/mnt\/run\/.*\n {2}ENOSPC/);
      for (const name of ['checkpoint.safetensors', 'best.safetensors'])
        expect(readFileSync(join(out, 'run', name)).equals(readFileSync(join(straight, name))), name).toBe(true);
      expect(existsSync(join(out, 'run', 'overlays'))).toBe(true);
    }
  });

  it('that is read-only is refused before anything is computed', async () => {
    const node = `'${process.execPath}' '${await bundledCommand(root)}'`;
    const script = `mount -t tmpfs -o ro tmpfs /mnt && ${node} train ${options} --out /mnt/run`;
    const { status, stdout, stderr } = spawnSync('unshare', ['-rm', 'sh', '-c', script], { encoding: 'utf8' });
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^output\/unwritable: \/mnt\/run cannot be made or written to\n {2}EROFS/);
  });
});
