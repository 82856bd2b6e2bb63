import { describe, expect, it } from 'vitest';
import { encodePng } from '../../src/io/png/encode-png.ts';
import {
  barChart,
  confusionTable,
  exhibits,
  html,
  linePlot,
  page,
  pictures,
  scatterPlot,
  table,
} from '../../src/report/index.ts';

const png = encodePng({ width: 2, height: 1, channels: 1, data: new Uint8Array([0, 255]) });

describe('a page', () => {
  it('needs nothing from elsewhere, and has all text escaped', async () => {
    const text = page({
      title: 'nets & <data>',
      facts: 'seed "7"',
      contents: true,
      sections: [
        {
          title: 'All > of it',
          content: await exhibits({
            tables: [{ title: 'A<B', head: ['net', 'x'], rows: [['<u>', 1]] }],
            curves: [{ title: 'a & b', x: 'step', y: '<loss>', lines: [{ name: '<one>', points: [[0, 1]] }] }],
            pictures: [{ caption: 'two "pixels"', png }],
          }),
        },
      ],
    });
    expect(text).not.toMatch(
      /\bsrc="(?!data:image\/png;base64,)|href="(?!#)|https?:\/\/(?!www\.w3\.org\/)|@import|<script/,
    );
    expect(text).not.toMatch(/<(data|u|loss|one|B)\b/);
    expect(text).toContain('<a href="#s1">All &gt; of it</a>');
    expect(text).toContain("default-src 'none'; style-src 'unsafe-inline'; img-src data:\"");
    const opened = [...text.matchAll(/<(div|table|figure|svg|g|nav|ul|li|h\d|t[dhr]|text)\b[^>]*(?<!\/)>/g)];
    const closed = [...text.matchAll(/<\/(div|table|figure|svg|g|nav|ul|li|h\d|t[dhr]|text)>/g)];
    expect(closed.length).toBe(opened.length);
  });

  it('carries pictures whole', () => {
    const [, data] = /base64,([^"]+)"/.exec(pictures([{ caption: '', png }]).text)!;
    expect(Uint8Array.from(atob(data!), (c) => c.charCodeAt(0))).toEqual(png);
    const large = Uint8Array.from({ length: 100_001 }, (_, i) => (i * 7) % 256);
    const [, more] = /base64,([^"]+)"/.exec(pictures([{ caption: '', png: large }]).text)!;
    expect(Buffer.from(more!, 'base64').equals(large)).toBe(true);
  });

  it('runs a program only where it has one', () => {
    const text = page({ title: '', sections: [], script: 'if (1 < 2) document.title = "x";' });
    expect(text).toContain("script-src 'unsafe-inline'");
    expect(text).toContain('<script>if (1 < 2) document.title = "x";</script>');
  });
});

describe('a table', () => {
  it('shows numbers with four digits, whole ones in full, to the right', () => {
    const rows = [
      ['a', 1234567, 0.123456, '12 %'],
      ['b', 12, 1e-9, '–'],
      ['c', Number.NaN, Number.POSITIVE_INFINITY, '3 %'],
    ];
    const { text } = table({ title: 'T', head: ['n', 'w', 'x', 'y'], rows });
    expect([...text.matchAll(/<td[^>]*>(.*?)<\/td>/g)].map(([, cell]) => cell)).toEqual([
      'a',
      '1\u202f234\u202f567',
      '0.1235',
      '12 %',
      'b',
      '12',
      '1.000e-9',
      '–',
      'c',
      'NaN',
      '∞',
      '3 %',
    ]);
    expect(text.match(/<th class="number">/g)).toHaveLength(3);
  });

  it('of a confusion tells shares of the true class, and nothing of a class that does not occur', () => {
    const { text } = confusionTable({ classNames: ['sky', 'sea'], counts: [3, 1, 0, 0] });
    expect(text).toContain('title="1 of 4 pixels of sky predicted as sea">25.0 %');
    expect(text.match(/>–</g)).toHaveLength(2);
  });
});

describe('a plot', () => {
  const lines = ['a', 'b'].map((name, k) => ({
    name,
    points: Array.from({ length: 50 }, (_, i) => [i, (k + 1) * Math.exp(-i / 9)] as const),
  }));

  it('is an SVG text in the page’s colours, the same each time', async () => {
    const draw = () => linePlot({ title: 'loss', x: 'step', y: 'value', logarithmic: true, lines });
    const [{ text }, again] = [await draw(), await draw()];
    expect(again.text).toBe(text);
    expect(text).toContain('<svg role="img" aria-label="loss" viewBox="0 0 440 290">');
    for (const colour of ['var(--line1)', 'var(--line2)', 'var(--soft)']) expect(text).toContain(colour);
    // No colour that is not the page's can be seen: what the library fills by itself is transparent or not drawn.
    expect(text.match(/(?:stroke|fill)="#(?!000|fff)[0-9a-f]+"/g)).toBeNull();
    expect(text).toContain('>step</text>');
    expect(text.match(/<li>/g)).toHaveLength(2);
  });

  it('stands where a line has gaps, infinities, one point or none', async () => {
    const odd = [
      [0, Number.NaN],
      [1, 2],
      [2, Number.POSITIVE_INFINITY],
      [3, -1],
      [4, 3],
    ] as const;
    for (const points of [odd, [[3, 4]] as const, []])
      for (const logarithmic of [false, true]) {
        const { text } = await linePlot({ title: 't', x: 'x', y: 'y', logarithmic, lines: [{ name: 'n', points }] });
        expect(text).not.toMatch(/NaN|Infinity|undefined/);
      }
  });

  it('names bars and points', async () => {
    const named = ['fcn<8', 'unet', 'lost'];
    const bars = await barChart({
      title: 't',
      x: 'mIoU',
      bars: named.map((name, i) => ({ name, value: [0.5, 0.9, Number.NaN][i]! })),
    });
    const points = await scatterPlot({
      title: 't',
      x: 'ms',
      y: 'mIoU',
      logarithmicX: true,
      points: named.map((name, i) => ({ name, x: [1, 30, 0][i]!, y: 0.1 * i })),
    });
    for (const { text } of [bars, points]) {
      expect(text).toContain('>fcn&lt;8</text>');
      expect(text).toContain('>unet</text>');
      expect(text).not.toMatch(/lost|NaN/);
    }
  });
});

it('HTML escapes what is not HTML already', () => {
  expect(html`<p title="${'"'}">${['<', html`<b>${1}</b>`, undefined]}</p>`.text).toBe(
    '<p title="&quot;">&lt;<b>1</b></p>',
  );
});
