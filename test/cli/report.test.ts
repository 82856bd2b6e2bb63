import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../train/temporary-folder.ts';
import { writePairs } from '../train/write-pairs.ts';
import { runInProcess } from './run-in-process.ts';

const root = temporaryFolder();
const data = join(root, 'data');
writePairs(data, 5, 24);
const size = ['--width', '2', '--depth', '1', '--crop', '16', '--batch', '2', '--threads', '1'];

describe('a report of a run', { timeout: 60_000 }, () => {
  it('is written when the training ends, and again when asked for', async () => {
    const out = join(root, 'run');
    const trained = await runInProcess([
      'train',
      '--data',
      data,
      ...size,
      '--steps',
      '6',
      '--steps-per-epoch',
      '3',
      '--out',
      out,
      '--report',
    ]);
    expect(trained).toMatchObject({ code: 0, stderr: '' });
    expect(trained.stdout).toContain('report.html');
    const page = readFileSync(join(out, 'report.html'), 'utf8');
    expect(page).not.toMatch(/\bsrc="(?!data:image\/png;base64,)|href="(?!#)|<script|@import/);
    for (const part of [
      'scores after step 6 of 6',
      'Loss',
      'Learning rate',
      'Confusion',
      'Worst cases',
      'down1.conv1.w',
      'learningRate',
    ])
      expect(page).toContain(part);
    // The scores are those of the last validation.
    const last = readFileSync(join(out, 'log.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
      .at(-1);
    expect(page).toContain(`<b class="">${last.miou.toFixed(3)}</b>mIoU`);

    const asked = await runInProcess(['report', out, '--threads', '1']);
    expect(asked).toMatchObject({ code: 0, stderr: '', stdout: `${join(out, 'report.html')}\n` });
    expect(readFileSync(join(out, 'report.html'), 'utf8')).toBe(page);
  });

  it('is not written unless asked for, and refused where there is no run or no checkpoint', async () => {
    const out = join(root, 'plain');
    await runInProcess(['train', '--data', data, ...size, '--steps', '1', '--out', out]);
    expect(existsSync(join(out, 'report.html'))).toBe(false);
    expect(await runInProcess(['report', root])).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/run\/absent/),
    });
  });
});
