import { describe, expect, it } from 'vitest';
import { conv2d, convTranspose2d, f64, GraphBuilder } from '../../src/index.ts';
import { type Finding, figureFiles, parts } from '../../src/inspect/index.ts';
import { decodePng } from '../../src/io/png/read-png.ts';

async function found(name: string, graph: ReturnType<GraphBuilder['build']>): Promise<Finding> {
  return parts.find((part) => part.name === name)!.look({ name: 'test', graph, values: {}, facts: '' });
}

/** The pictures inside the drawings, as rows of whether something is seen. */
const pixels = (finding: Finding): boolean[][][] =>
  finding.figures
    .flatMap(({ text }) => [...text.matchAll(/data:image\/png;base64,([^"]+)"/g)])
    .map(([, data]) => {
      const { width, samples } = decodePng('map', Uint8Array.from(Buffer.from(data!, 'base64')));
      const seen = Array.from({ length: samples.length / 4 }, (_, i) => samples[4 * i + 3]! > 0);
      return Array.from({ length: seen.length / width }, (_, row) => seen.slice(row * width, (row + 1) * width));
    });

describe('pictures', () => {
  it('of a dilated convolution show its nine taps and nothing between them', async () => {
    const g = new GraphBuilder();
    const y = conv2d(g.input('x', f64(1, 1, 15, 15)), g.parameter('w', f64(1, 1, 3, 3)), { dilation: 3, padding: 3 });
    const finding = await found('rf', g.build({ y }));
    const [paths, effective] = pixels(finding);
    const taps = [4, 7, 10];
    for (const map of [paths!, effective!])
      for (const [i, row] of map.entries())
        for (const [j, seen] of row.entries()) expect(seen).toBe(taps.includes(i) && taps.includes(j));
    expect(finding.figures[0]!.text).toContain('<rect class="over" x="4" y="4" width="7" height="7"');
    const advised = finding.tables.find(({ title }) => title.includes('no holes'))!;
    expect(advised.rows.every((row) => row[advised.head.indexOf('advised')] === 1)).toBe(true);
  });

  it('of a transposed convolution show its holes, and that each cure closes them', async () => {
    const g = new GraphBuilder();
    const y = convTranspose2d(g.input('x', f64(1, 1, 12, 12)), g.parameter('w', f64(1, 1, 2, 2)), { stride: 3 });
    const finding = await found('checkerboard', g.build({ y }));
    const [own, before, ...after] = pixels(finding);
    const share = (map: boolean[][]): number => map.flat().filter(Boolean).length / map.flat().length;
    for (const map of [own!, before!]) expect(share(map)).toBeLessThan(0.6);
    expect(after.map(share)).toEqual([1, 1, 1]);
    const cures = finding.tables.at(-1)!;
    expect(cures.rows.map((row) => row[cures.head.indexOf('holes')])).toEqual([5, 0, 0, 0]);
    expect(cures.rows.slice(1).map((row) => row[1])).toEqual([1, 1, 1]);
  });

  it('become files that need no page', async () => {
    const g = new GraphBuilder();
    const y = conv2d(g.input('x', f64(1, 1, 16, 16)), g.parameter('w', f64(2, 1, 3, 3)), { stride: 2, padding: 1 });
    const graph = g.build({ y });
    const told = await Promise.all(
      ['rf', 'cost', 'memory', 'alias'].map(async (name) => ({ name, finding: await found(name, graph) })),
    );
    const files = figureFiles(told);
    expect(new Set(files.map(({ name }) => name)).size).toBe(files.length);
    expect(files.length).toBeGreaterThanOrEqual(8);
    for (const { name, svg } of files) {
      expect(name).toMatch(/^(rf|cost|memory|alias)-\d+-[a-z0-9-]+\.svg$/);
      expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="[\d.]+" height="[\d.]+" role="img"/);
      expect(svg).not.toMatch(/var\(--|NaN|undefined/);
    }
  });
});
