import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ForeignCase } from '../../../src/check/foreign/foreign-operator.ts';
import type { Campaign } from '../../../src/check/fuzz/campaign.ts';
import { foreignCampaigns } from '../../../src/fuzzer/targets/foreign-campaigns.ts';
import { firstFault } from './first-fault.ts';

const modules = join(process.cwd(), 'bench/node_modules');
const from = join(process.cwd(), 'bench/package.json');
const has = (name: string): boolean => existsSync(join(modules, name));

/** What a module prints on its last lines, run by plain Node where the libraries are installed. */
async function printed(code: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'cotangent-snippet-'));
  symlinkSync(modules, join(folder, 'node_modules'));
  writeFileSync(join(folder, 'snippet.mjs'), code);
  const { stdout } = await promisify(execFile)(process.execPath, [join(folder, 'snippet.mjs')], { timeout: 60_000 });
  return stdout;
}

const numbers = (text: string): number[] =>
  [...text.matchAll(/(?:analytic|numeric|left|right): (\S+?),? /g)].map((m) => Number(m[1]));

describe.skipIf(!has('@tensorflow/tfjs'))('tfjs (skipped without bench/node_modules/@tensorflow/tfjs)', () => {
  let campaigns: Campaign<ForeignCase>[] = [];
  const named = (name: string): Campaign<ForeignCase> => campaigns.find((campaign) => campaign.name === name)!;
  beforeAll(async () => {
    campaigns = await foreignCampaigns('tfjs', { from });
  });

  it.each([
    'tfjs avgPool padded',
    'tfjs avgPool3d padded',
    'tfjs resizeBilinear halfPixelCenters',
    'tfjs resizeNearestNeighbor halfPixelCenters',
    'tfjs mirrorPad reflect',
    'tfjs mirrorPad symmetric',
    'tfjs conv2d ceil',
    'tfjs maxPool ceil',
    'tfjs avgPool ceil',
    'tfjs max ties',
    ...(has('@tensorflow/tfjs-backend-wasm') ? ['tfjs-wasm maxPool all negative'] : []),
  ])('refutes %s, and its snippet prints two numbers that differ', async (name) => {
    for (const seed of [1, 2, 3]) {
      const { outcome } = (await firstFault(named(name), 100, seed))!;
      expect(outcome.verdict).toBe('refuted');
      if (seed > 1) continue;
      const { code } = outcome.failure!.snippets![0]!;
      expect(code.trim().split('\n').length).toBeLessThanOrEqual(20);
      const [analytic, ...measured] = numbers(await printed(code));
      expect(measured.length).toBeGreaterThan(0);
      for (const number of measured) expect(number).not.toBeCloseTo(analytic!, 5);
    }
  });

  it.each([
    ['tfjs conv2d dilated', /dilation rates greater than 1 are not yet supported/],
    ['tfjs depthToSpace', /gradient function not found for DepthToSpace/],
    ['tfjs avgPool second order', /gradient function not found for AvgPoolGrad/],
    ['tfjs maxPool second order', /gradient function not found for MaxPoolGrad/],
    ['tfjs resizeBilinear second order', /gradient function not found for ResizeBilinearGrad/],
  ])('calls %s missing', async (name, message) => {
    const { outcome } = (await firstFault(named(name), 100))!;
    expect(outcome.verdict).toBe('missing');
    expect(outcome.failure!.summary).toMatch(message);
    expect(await printed(outcome.failure!.snippets![0]!.code)).toMatch(message);
  });

  it.each(['conv2d', 'conv2d second order', 'conv2dTranspose', 'avgPool', 'maxPool', 'matMul', 'batchNorm', 'softmax'])(
    'finds nothing in %s',
    async (name) => {
      expect(await firstFault(named(`tfjs ${name}`), 30)).toBeUndefined();
    },
  );

  it('has a name of its own for every campaign', () => {
    expect(new Set(campaigns.map(({ name }) => name)).size).toBe(campaigns.length);
  });
});

describe.skipIf(!has('@jax-js/jax'))('jax-js (skipped without bench/node_modules/@jax-js/jax)', () => {
  it('finds nothing in convolutions, pooling and ties, but a rough logarithm', async () => {
    const campaigns = await foreignCampaigns('jax-js', { from });
    const named = (name: string) => campaigns.find((campaign) => campaign.name === `jax-js ${name}`)!;
    for (const name of ['conv2d', 'convTranspose2d', 'maxPool2d', 'max ties', 'softmax'])
      expect(await firstFault(named(name), 10)).toBeUndefined();
    const { outcome } = (await firstFault(named('log'), 20))!;
    expect(outcome.failure!.summary).toMatch(/^forward differs from ours/);
    expect(await printed(outcome.failure!.snippets![0]!.code)).toMatch(/value: .*expected: /s);
  });
});
