import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Campaign } from '../../src/check/fuzz/campaign.ts';
import { inThisThread } from '../../src/fuzzer/in-this-thread.ts';
import { htmlReport } from '../../src/fuzzer/report/html-report.ts';
import { reportOf } from '../../src/fuzzer/report/report-of.ts';
import { fuzz } from '../../src/fuzzer/session.ts';
import { refutedFrom } from '../fuzzer/campaigns.ts';
import { temporaryFolder } from '../train/temporary-folder.ts';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'chrome'];
const browser = names.find((name) => spawnSync(name, ['--version']).status === 0);
if (browser === undefined) console.log(`skipped: a fuzz report in a browser: none of ${names.join(', ')} is in PATH`);

/** Appended to the page, whose own policy lets inline scripts run: what a reader sees. */
const look = `<script>
const box = (selector) => [...document.querySelectorAll(selector)].filter((one) => one.getBoundingClientRect().width > 0).length;
document.title = JSON.stringify({
  maps: box('.maps svg'), cells: box('.maps rect:not(.inside)'), taylor: box('.taylor polyline'), code: box('pre'),
  rows: box('tbody tr'), wide: document.documentElement.scrollWidth <= innerWidth,
});
</script>`;

describe.skipIf(browser === undefined)('a fuzz report', () => {
  it('shows its pictures, code and table in a browser, from a file', async () => {
    const folder = temporaryFolder();
    const campaigns = [refutedFrom(100)] as Campaign[];
    const options = { seed: 7, runs: 20, known: [], stopped: () => false, onProgress: () => {} };
    const result = await fuzz({ campaigns, lanes: [inThisThread(campaigns, () => false)], ...options });
    const asked = { version: '1', seed: 7, threads: 1, selection: { order: 1 } };
    const page = htmlReport(reportOf(asked, result, { began: new Date(0), interrupted: false }));
    const file = join(folder, 'report.html');
    writeFileSync(
      file,
      page.replace('</body>', () => `${look}</body>`),
    );
    const flags = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run'];
    const { stdout } = spawnSync(
      browser!,
      [...flags, `--user-data-dir=${join(folder, 'profile')}`, '--dump-dom', pathToFileURL(file).href],
      { encoding: 'utf8', timeout: 100_000, stdio: ['ignore', 'pipe', 'ignore'] },
    );
    const [, title] = /<title>(.*?)<\/title>/.exec(stdout)!;
    expect(JSON.parse(title!.replaceAll('&quot;', '"'))).toEqual({
      maps: 3,
      cells: 12,
      taylor: 1,
      code: 3,
      rows: 1,
      wide: true,
    });
  }, 120_000);
});
