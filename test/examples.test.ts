import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';

const folder = new URL('../examples/', import.meta.url);
const examples = readdirSync(folder).filter((name) => name.endsWith('.ts'));

/** Runs an example and returns what it prints. */
async function printed(name: string): Promise<string> {
  const lines: string[] = [];
  const log = vi.spyOn(console, 'log').mockImplementation((...values) => void lines.push(values.join(' ')));
  try {
    await import(new URL(name, folder).href);
  } finally {
    log.mockRestore();
  }
  return lines.join('\n');
}

/** What each example must show; one without an entry must at least print something. */
const shows: { readonly [name: string]: readonly RegExp[] } = {
  '01-scalar.ts': [/n\d+ = sin\(x: n0\) : f64\[\]/, /z = 1\.18199/, /dx = 2\.55516/, /dy = 0\.47942/],
  '02-conv.ts': [/conv\/channels: w reads 3 channels × 1 group = 3; x has 16/, /examples\/02-conv\.ts:\d+/, /scatter/],
  '03-user-op.ts': [/3, 12, 27/, /to order 3: \d{2,} exact, 0 bounded, 0 smooth/],
  '04-higher-order.ts': [
    /curvature = f64\[3\]\{12, 48, 24\}/,
    /third = f64\[3\]\{24, 48, -96\}/,
    /slopes = f64\[3\]\{1, 1, /,
  ],
  '05-unet.ts': [/26 parameters/, /step 20: loss 0\.[0-3]/],
  '10-sliding-window.ts': [/windows of 9×9: 144 times/, /furthest apart: 0$/],
  '11-fcn.ts': [/37×50 → scores \[1,3,37,50\]/, /falls .*: true/],
  '12-segnet.ts': [/0 0 4 0\n4 0 0 0\n0 0 8 0\n2 0 0 0/, /falls .*: true/],
  '13-deeplab.ts': [/rate 1: sees 3×3, 0 .*, 2359296 /, /rate 8: sees 17×17, 14 .*, 2359296 /, /falls .*: true/],
  '14-pspnet.ts': [/convolved: 9 of 576 pixels/, /pyramid: 576 of 576/, /reduced to none: .* 80/, /falls .*: true/],
  '15-dilated-residual.ts': [
    /doubled, rates 2 4 8: sees 57 rows, 28 of/,
    /without holes: 1 2 4 4 8 8/,
    /hybrid.* 0 of them/,
    /falls .*: true/,
  ],
  '16-deformable-unet.ts': [
    /same, up to rounding: true/,
    /18 channels = 2·3², learning 0.1/,
    /falls: true; .* bend: true/,
  ],
  '17-spp-classifier.ts': [/reads 400 = 50·8/, /27×31: (9\d|100) % right/, /13×40: (9\d|100) % right/],
  '18-roi-head.ts': [/pooled: .* = 0 0 0 0/, /aligned: .* = 2 0 2 0/, /edges .*: true/],
  '19-autoencoder.ts': [/less than a half: true; .*: true/],
  '20-super-resolution.ts': [/transposed.*checkerboard 0\.[1-9]/, /sub-pixel: checkerboard 0\.000/, /decibel: true/],
  '21-audio.ts': [/hear 1024 samples, 64 ms/, /apart: .*: true/, /from 300 on$/m],
  '22-style-transfer.ts': [/content: .*: true/, /style: .*: true/],
  '23-deconvolution.ts': [/adjoint, exactly: true/, /further: true/, /ten times nearer: true/],
  // For `cotangent gradcheck` to print what it finds.
  '06-own-operator.ts': [],
  '06-wrong-border.ts': [],
};

test('every example that is described is there', () => {
  expect(examples).toEqual(expect.arrayContaining(Object.keys(shows)));
});

describe.each(examples)('%s', (name) => {
  test('runs and shows what it says', async () => {
    const output = await printed(name);
    for (const pattern of shows[name] ?? [/./]) expect(output).toMatch(pattern);
  });

  test('is shorter than 80 lines', () => {
    expect(readFileSync(new URL(name, folder), 'utf8').trimEnd().split('\n').length).toBeLessThan(80);
  });
});

test('the same numbers come out however the backward pass gets them', async () => {
  vi.resetModules();
  const output = await printed('04-higher-order.ts');
  const value = (name: string) => new RegExp(`^${name} = (.*)$`, 'm').exec(output)?.[1];
  expect(value('recomputed')).toBe(value('kept'));
  expect(value('forwards')).toBe(value('curvature'));
});
