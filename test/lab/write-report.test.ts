import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { reference } from '../../src/backends/index.ts';
import { array } from '../../src/graph/nd-array.ts';
import { f32 } from '../../src/graph/type.ts';
import { type LabReport, runSystem, type System, writeReport } from '../../src/lab/index.ts';
import { sheet } from '../../src/lab/sheet.ts';
import { temporaryFolder } from '../train/temporary-folder.ts';

const root = temporaryFolder();
const png = sheet([array(f32(1, 4, 4))]);
const system: System = {
  name: 'small',
  title: 'Small & <plain>',
  checklist: [1],
  about: 'Shows one of everything.',
  run: async () => ({
    claims: [
      { text: 'a < b', holds: true },
      { text: 'b < a', holds: false },
    ],
    tables: [
      {
        title: 'Numbers',
        head: ['name', 'value'],
        rows: [
          ['one', 1],
          ['none', Number.NaN],
        ],
      },
    ],
    curves: [
      {
        title: 'Loss',
        x: 'step',
        y: 'loss',
        lines: [
          {
            name: 'net',
            points: [
              [0, 2],
              [1, 1],
            ],
          },
        ],
      },
    ],
    pictures: [{ name: 'first', caption: 'a picture', png }],
  }),
};
const run = (effort: number): Promise<LabReport> =>
  runSystem(system, { seed: 1, effort, backend: reference, progress: () => {} });

it('one page holds claims with verdicts, tables, curves and pictures, and needs nothing else', async () => {
  const dir = join(root, 'page');
  expect(await writeReport(dir, await run(1))).toEqual(['first.png', 'report.html', 'report.json']);
  const page = readFileSync(join(dir, 'report.html'), 'utf8');
  expect(page).toContain('Small &amp; &lt;plain&gt;');
  expect(page).toMatch(/class="good">✓<\/b> a &lt; b/);
  expect(page).toMatch(/class="bad">✗<\/b> b &lt; a/);
  expect(page).toContain('cotangent lab small --seed 1 --effort 1');
  for (const part of ['<table', '<svg', 'data:image/png;base64,', 'a picture']) expect(page).toContain(part);
  expect(page).not.toMatch(/(src|href)="(?!data:|#)/);
  const data = JSON.parse(readFileSync(join(dir, 'report.json'), 'utf8')) as { tables: { rows: unknown }[] };
  expect(data.tables[0]!.rows).toEqual([
    ['one', 1],
    ['none', 'NaN'],
  ]);
  expect(readFileSync(join(dir, 'first.png'))).toEqual(Buffer.from(png));
});

it('passes no verdict on less work', async () => {
  const dir = join(root, 'quick');
  await writeReport(dir, await run(0.5));
  expect(readFileSync(join(dir, 'report.html'), 'utf8')).not.toMatch(/[✓✗]/);
});

it('leaves nothing behind where not all can be written', async () => {
  const dir = join(root, 'half');
  mkdirSync(join(dir, 'report.json'), { recursive: true });
  await expect(writeReport(dir, await run(1))).rejects.toThrow(/io\/write: cannot write .*report\.json/);
  expect(readdirSync(dir)).toEqual(['report.json']);
});

it('refuses an effort that is no amount', async () => {
  for (const effort of [0, -1, Number.NaN, Number.POSITIVE_INFINITY])
    await expect(run(effort)).rejects.toThrow(/lab\/effort/);
});
