import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodePng } from '../../src/io/png/read-png.ts';
import { runInProcess } from '../cli/run-in-process.ts';
import { temporaryFolder } from '../train/temporary-folder.ts';
import { Chromium, findChromium, type Look } from './chromium.ts';

const program = findChromium('the page of cotangent inspect in a browser');
const desktop: Look = { width: 1280, height: 900, scheme: 'light' };
const phone: Look = { width: 390, height: 844, scheme: 'light' };
const folder = temporaryFolder();

async function written(name: string, ...args: readonly string[]): Promise<string> {
  const file = join(folder, `${name}.html`);
  const { code, stderr } = await runInProcess(['inspect', ...args, '--html', file]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return pathToFileURL(file).href;
}

/** How large a picture is and what is seen on it: how many colours, the share of the most frequent one, the mean grey. */
function seen(png: Uint8Array<ArrayBuffer>): {
  readonly width: number;
  readonly height: number;
  readonly colours: number;
  readonly most: number;
  readonly mean: number;
} {
  const { width, height, channels, samples } = decodePng('screenshot', png);
  const counts = new Map<number, number>();
  let sum = 0;
  for (let i = 0; i < samples.length; i += channels) {
    const [red, green, blue] = [samples[i]!, samples[i + 1]!, samples[i + 2]!];
    const colour = red * 65536 + green * 256 + blue;
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
    sum += (red + green + blue) / 3;
  }
  const pixels = width * height;
  return { width, height, colours: counts.size, most: Math.max(...counts.values()) / pixels, mean: sum / pixels };
}

describe.skipIf(program === undefined)('the page of cotangent inspect', () => {
  let chromium: Chromium;
  let small: string;
  beforeAll(async () => {
    chromium = await Chromium.start(program!);
    small = await written('unet', 'unet', '--width', '4', '--depth', '2', '--size', '32');
  }, 120_000);
  afterAll(() => chromium?.close());

  const names = (): Promise<string[]> =>
    chromium.evaluate(`[...document.querySelectorAll('.viewer svg g.item')].map((item) => item.dataset.id)`);

  it('opens without complaints and shows field, cost, memory, aliasing and checkerboards', async () => {
    await chromium.open(small, desktop);
    expect(chromium.complaints).toEqual([]);
    const sections = await chromium.evaluate<string[]>(
      `[...document.querySelectorAll('h2')].map((h) => h.textContent)`,
    );
    expect(sections).toEqual(['Graph', 'Receptive field', 'Cost', 'Memory', 'Aliasing', 'Checkerboards']);
    const drawn = await chromium.evaluate<Record<string, number>>(`(() => {
      const wide = (all) => [...document.querySelectorAll(all)].filter((one) => one.getBoundingClientRect().width > 150).length;
      return { maps: wide('.map svg'), plots: wide('.plot > svg'), tables: wide('table') };
    })()`);
    expect(drawn.maps).toBeGreaterThanOrEqual(5);
    expect(drawn.plots).toBeGreaterThanOrEqual(4);
    expect(drawn.tables).toBeGreaterThanOrEqual(8);
  });

  it('folds and unfolds scopes', async () => {
    await chromium.open(small, desktop);
    await chromium.click('[data-act=fold]');
    expect(await names()).toEqual(expect.arrayContaining(['s:unet']));
    expect((await names()).length).toBeLessThan(5);
    await chromium.click('[data-id="s:unet"]');
    const open = await names();
    expect(open).toContain('s:unet/down1');
    await chromium.click('[data-id="s:unet/down1"]');
    expect((await names()).length).toBeGreaterThan(open.length);
    await chromium.click('[data-id="c:unet/down1"] text');
    expect(await names()).toContain('s:unet/down1');
    for (let level = 0; level < 4; level++) await chromium.click('[data-act=unfold]');
    const all = await names();
    expect(all.filter((id) => id.startsWith('s:'))).toEqual([]);
    expect(all.length).toBeGreaterThan(40);
    expect(chromium.complaints).toEqual([]);
  });

  it('a click on a node tells its type, its cost and the rule of its gradient', async () => {
    await chromium.open(small, desktop);
    for (let level = 0; level < 4; level++) await chromium.click('[data-act=unfold]');
    const conv = await chromium.evaluate<string>(
      `[...document.querySelectorAll('g.item')].find((item) => item.textContent.startsWith('conv')).dataset.id`,
    );
    await chromium.click(`[data-id="${conv}"] rect`);
    const aside = await chromium.evaluate<string>(`document.querySelector('.viewer aside').innerText`);
    expect(aside).toMatch(/type\s+f32\[1,4,32,32\]/);
    expect(aside).toMatch(/multiply-adds\s+[\d\s]+/);
    expect(aside).toContain('its rule: the gradient of each input, from ct');
    expect(aside).toMatch(/n\d+ = input "ct" : f32\[1,4,32,32\]/);
    expect(aside).toMatch(/output dw = n\d+/);
  });

  it.each([
    ['a desktop in the light', desktop],
    ['a desktop in the dark', { ...desktop, scheme: 'dark' }],
    ['a phone in the light', phone],
    ['a phone in the dark', { ...phone, scheme: 'dark' }],
  ] as const)('looks right on %s', async (_, look) => {
    await chromium.open(small, look);
    const { mean, colours, most, ...size } = seen(await chromium.screenshot());
    expect(size).toEqual({ width: look.width, height: look.height });
    // Something is to be seen, most of it is paper, and that is light or dark as the reader has it.
    expect(colours).toBeGreaterThan(50);
    expect(most).toBeGreaterThan(0.3);
    expect(most).toBeLessThan(0.98);
    if (look.scheme === 'light') expect(mean).toBeGreaterThan(200);
    else expect(mean).toBeLessThan(60);
    const { page, window, out } = await chromium.evaluate<{ page: number; window: number; out: string[] }>(`({
      page: document.documentElement.scrollWidth,
      window: innerWidth,
      // A table may be wider: it is scrolled by itself.
      out: [...document.querySelectorAll('body > *, .map svg, .plot > svg, .viewer')]
        .filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
        .map((one) => one.outerHTML.slice(0, 80)),
    })`);
    expect(page).toBeLessThanOrEqual(window);
    expect(out).toEqual([]);
    expect(chromium.complaints).toEqual([]);
  });

  it('a gradient graph of two thousand nodes is painted within two seconds, and stays usable', async () => {
    const large = await written('large', 'unet', '--train', '--width', '2', '--depth', '6', '--size', '64', '--rf');
    const started = performance.now();
    await chromium.open(large, desktop);
    const first = await chromium.evaluate<{ paint: number; nodes: number; shown: number }>(`(async () => {
      await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
      const paint = performance.getEntriesByName('first-contentful-paint')[0];
      return {
        paint: paint ? paint.startTime : performance.now(),
        nodes: JSON.parse(document.getElementById('graph-data').textContent).nodes.length,
        shown: document.querySelectorAll('g.item').length,
      };
    })()`);
    expect(performance.now() - started).toBeLessThan(4000);
    expect(first.nodes).toBeGreaterThanOrEqual(2000);
    expect(first.paint).toBeLessThan(2000);
    expect(first.shown).toBeGreaterThan(5);
    // Unfolding costs as much as what it shows, and folding gets back from there.
    const scope = (await names()).find((id) => id.startsWith('s:unet'))!;
    const milliseconds = (act: string): Promise<number> =>
      chromium.evaluate(`(() => { const start = performance.now(); ${act}; return performance.now() - start; })()`);
    const click = (selector: string): string =>
      `document.querySelector(${JSON.stringify(selector)}).dispatchEvent(new MouseEvent('click', { bubbles: true }))`;
    expect(await milliseconds(click(`[data-id="${scope}"]`))).toBeLessThan(2000);
    for (let level = 0; level < 4; level++) expect(await milliseconds(click('[data-act=unfold]'))).toBeLessThan(5000);
    expect((await names()).length).toBeGreaterThan(90);
    expect(await chromium.evaluate(`document.querySelector('.said').textContent`)).toMatch(/\d+ scopes stay folded/);
    expect(await milliseconds(click('[data-act=fold]'))).toBeLessThan(1000);
    expect(chromium.complaints).toEqual([]);
  }, 120_000);
});
