import { describe, expect, it } from 'vitest';
import type { Campaign } from '../../src/check/fuzz/campaign.ts';
import { inThisThread } from '../../src/fuzzer/in-this-thread.ts';
import type { FuzzReport } from '../../src/fuzzer/report/fuzz-report.ts';
import { htmlReport } from '../../src/fuzzer/report/html-report.ts';
import { jsonReport } from '../../src/fuzzer/report/json-report.ts';
import { junitReport } from '../../src/fuzzer/report/junit-report.ts';
import { planeOf } from '../../src/fuzzer/report/plane.ts';
import { replayCommand } from '../../src/fuzzer/report/replay-command.ts';
import { reportOf } from '../../src/fuzzer/report/report-of.ts';
import { summaryText } from '../../src/fuzzer/report/summary-text.ts';
import { taylorPlot } from '../../src/fuzzer/report/taylor-plot.ts';
import { fuzz } from '../../src/fuzzer/session.ts';
import { divergingColour } from '../../src/report/diverging-colour.ts';
import { always, refutedFrom } from './campaigns.ts';

const campaigns = [refutedFrom(100), always('proved', 'fine'), always('missing', 'absent')] as Campaign[];
const result = await fuzz({
  campaigns,
  lanes: [inThisThread(campaigns, () => false)],
  seed: 7,
  runs: 20,
  known: [],
  stopped: () => false,
  onProgress: () => {},
});
const report: FuzzReport = reportOf({ version: '1.2.3', seed: 7, threads: 1, selection: { order: 2 } }, result, {
  began: new Date(0),
  interrupted: false,
});

describe('a report', () => {
  it('fails where something is refuted', () => {
    expect(report).toMatchObject({ verdict: 'failed', seed: 7, order: 2, counts: { missing: 20 } });
    expect(report.findings.map(({ verdict }) => verdict)).toEqual(['refuted', 'missing']);
    expect(report.findings[0]!.replay).toBe(`cotangent fuzz --replay ${report.findings[0]!.id} --order 2`);
  });

  it('is JSON that holds all of it', () => {
    expect(JSON.parse(jsonReport(report))).toEqual(JSON.parse(JSON.stringify(report)));
    const infinite = { ...report, seconds: Number.POSITIVE_INFINITY };
    expect(JSON.parse(jsonReport(infinite))).toMatchObject({ seconds: 'Infinity' });
  });

  it('is XML as JUnit’s, with all text escaped and nothing that XML forbids', () => {
    const xml = junitReport(report);
    expect(xml).toContain('<testsuites name="cotangent fuzz 1.2.3" tests="3" failures="1"');
    expect(xml).toMatch(
      /<testcase name="small numbers" classname="fuzz\.operator"[^>]*>\s*<failure message="100 is &lt;too&gt; large"/,
    );
    expect(xml).toMatch(/<testcase name="absent"[^>]*>\s*<skipped message="why"/);
    expect(xml).toContain('n &amp; so on \uFFFD');
    expect(Array.from(xml).filter((c) => c < ' ' && c !== '\n')).toEqual([]);
    const opened = [...xml.matchAll(/<(\w[\w-]*)(?:\s[^>]*[^/])?>/g)].map(([, name]) => name).sort();
    expect([...xml.matchAll(/<\/(\w[\w-]*)>/g)].map(([, name]) => name).sort()).toEqual(opened);
  });

  it('is a page that needs nothing from elsewhere, with all text escaped', () => {
    const page = htmlReport(report);
    expect(page).not.toMatch(/\b(src|href)=|https?:\/\/|url\(|@import/);
    expect(page).toContain('100 is &lt;too&gt; large');
    expect(page.match(/<\/script>/g)).toHaveLength(1);
    for (const part of ['analytic', 'numeric', 'difference', 'corner 1 of 4', 'slope 1.00', 'n = 100', 'absent'])
      expect(page).toContain(part);
  });

  it('is a text that tells what to do', () => {
    const text = summaryText(report);
    expect(text).toMatch(/REFUTED {2}small numbers: 100 is <too> large/);
    expect(text).toMatch(/replay +cotangent fuzz --replay small_numbers@/);
    expect(text).toMatch(/1 refuted, 0 inconclusive \(0\.00 %\), 20 missing\n$|refuted, 0 inconclusive/);
  });
});

describe('a plane', () => {
  it('is the one with the greatest difference, over the last axes that have more than one element', () => {
    const numeric = Array.from({ length: 24 }, (_, i) => i);
    const analytic = numeric.with(13, 99);
    const plane = planeOf({ of: 'x', shape: [2, 3, 4, 1], analytic, numeric })!;
    expect(plane).toMatchObject({ rows: 3, columns: 4, index: ['1', ':', ':', '0'] });
    expect(plane.difference.map(Math.abs).indexOf(86)).toBe(1);
    expect(plane.wrong).toEqual({
      corner: { count: 0, of: 4 },
      edge: { count: 1, of: 6 },
      interior: { count: 0, of: 2 },
    });
  });

  it('is one element of a scalar, a row of a vector, and nothing where there is nothing', () => {
    const of = (shape: readonly number[], n: number) =>
      planeOf({ of: 'x', shape, analytic: Array(n).fill(1), numeric: Array(n).fill(1) });
    expect(of([], 1)).toMatchObject({ rows: 1, columns: 1 });
    expect(of([3], 3)).toMatchObject({ rows: 1, columns: 3 });
    expect(of([1, 1], 1)).toMatchObject({ rows: 1, columns: 1 });
    expect(of([2, 0], 0)).toBeUndefined();
  });
});

describe('pictures', () => {
  it('are blue below zero, red above, grey for NaN', () => {
    expect([-1, 0, 1, Number.NaN].map(divergingColour)).toEqual([
      'rgb(33,102,172)',
      'rgb(247,247,247)',
      'rgb(178,24,43)',
      'rgb(150,150,150)',
    ]);
  });

  it('need two points for a slope', () => {
    expect(taylorPlot([{ step: 1, remainder: 1 }])).toBeUndefined();
    expect(taylorPlot([1, 0.5].map((step) => ({ step, remainder: step ** 2 })))!.text).toContain('slope 2.00');
  });
});

describe('a replay command', () => {
  it('can be pasted into a shell', () => {
    expect(replayCommand('a@1:0', { order: 1 })).toBe('cotangent fuzz --replay a@1:0');
    expect(replayCommand('a@1:0', { order: 1, target: 'python3 x.py "$HOME"' })).toBe(
      'cotangent fuzz --replay a@1:0 --target "python3 x.py \\"\\$HOME\\""',
    );
  });
});
