import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { encodePng } from '../../src/io/png/encode-png.ts';
import { confusionTable, exhibits, page, tiles } from '../../src/report/index.ts';
import { temporaryFolder } from '../train/temporary-folder.ts';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'chrome'];
const browser = names.find((name) => spawnSync(name, ['--version']).status === 0);
if (browser === undefined) console.log(`skipped: a report page in a browser: none of ${names.join(', ')} is in PATH`);

/** What a reader sees. A line of a plot and its label are drawn in the colours that the page has at that time. */
const look = `
const colour = (selector, property) => getComputedStyle(document.querySelector(selector))[property];
document.title = JSON.stringify({
  pictures: [...document.images].map((one) => one.naturalWidth),
  wide: document.documentElement.scrollWidth <= innerWidth,
  plots: [...document.querySelectorAll('.plot > svg')].map((one) => one.getBoundingClientRect().width > 200),
  ground: colour('body', 'backgroundColor'),
  line: colour('.plot > svg path[fill="none"][stroke^="var(--line1"]', 'stroke'),
  label: colour('.plot > svg text', 'fill'),
});
`;

const wide = encodePng({ width: 1500, height: 4, channels: 1, data: new Uint8Array(6000).fill(90) });
const content = await exhibits({
  tables: [{ title: 'T', head: Array.from({ length: 20 }, (_, i) => `column ${i}`), rows: [Array(20).fill(123456.7)] }],
  curves: [
    {
      title: 'loss',
      x: 'step',
      y: 'nats',
      lines: [
        {
          name: 'a',
          points: [
            [0, 1],
            [1, 3],
            [2, 2],
          ],
        },
      ],
    },
  ],
  pictures: [{ caption: 'a picture that is wider than any phone', png: wide }],
});
const text = page({
  title: 'report',
  intro: tiles([{ value: 1, label: 'number' }]),
  sections: [
    { title: 'All', content },
    {
      title: 'Confusion',
      content: confusionTable({
        classNames: Array.from({ length: 12 }, (_, k) => `class ${k}`),
        counts: Array(144).fill(1),
      }),
    },
  ],
  script: look,
});

describe.skipIf(browser === undefined)('a report page', () => {
  it.each([
    ['light', 1, 'rgb(255, 255, 255)', 'rgb(11, 105, 183)', 'rgb(92, 102, 112)'],
    ['dark', 0, 'rgb(20, 24, 28)', 'rgb(88, 169, 240)', 'rgb(154, 165, 176)'],
  ])(
    'is %s where the reader has it so, and fits a narrow window',
    (_, scheme, ground, line, label) => {
      const folder = temporaryFolder();
      const file = join(folder, 'report.html');
      writeFileSync(file, text);
      const flags = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run'];
      const { stdout } = spawnSync(
        browser!,
        [
          ...flags,
          '--window-size=400,800',
          `--blink-settings=preferredColorScheme=${scheme}`,
          `--user-data-dir=${join(folder, 'profile')}`,
          '--dump-dom',
          pathToFileURL(file).href,
        ],
        { encoding: 'utf8', timeout: 100_000, stdio: ['ignore', 'pipe', 'ignore'] },
      );
      const [, title] = /<title>(.*?)<\/title>/.exec(stdout)!;
      expect(JSON.parse(title!.replaceAll('&quot;', '"'))).toEqual({
        pictures: [1500],
        wide: true,
        plots: [true],
        ground,
        line,
        label,
      });
    },
    120_000,
  );
});
