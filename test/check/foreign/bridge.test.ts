import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { foreignCampaigns } from '../../../src/fuzzer/targets/foreign-campaigns.ts';
import { pythonWithTorch } from '../../python.ts';
import { firstFault } from './first-fault.ts';

const toy = (mode: string) => foreignCampaigns(`node test/check/foreign/bridge.mjs ${mode}`, { seconds: 1 });

/** What a bridge in this mode makes of one case. */
async function verdict(mode: string): Promise<string> {
  const [campaign] = await toy(mode);
  const { verdict, failure } = await campaign!.check(fc.sample(campaign!.cases, { seed: 1, numRuns: 1 })[0]!);
  return `${verdict}: ${failure?.summary}`;
}

it('has a campaign for each family of the operators that the bridge names', async () => {
  const names = (await toy('refuses')).map(({ name }) => name);
  expect(names).toEqual([
    'Toy avgPool2d ceil padding counts',
    'Toy avgPool2d ceil',
    'Toy avgPool2d padding counts',
    'Toy avgPool2d',
  ]);
});

it.each([
  ['refuses', 'missing: the operator itself is refused: not today'],
  ['dies', 'refuted: the target ended with code 3: out of luck'],
  ['hangs', 'refuted: the target does not answer within 1 s'],
  ['nonsense', 'refuted: the target says "{\\"id\\":", which answers nothing'],
  ['shapeless', 'refuted: the target answers {"shape":[2],"data":[1]}, not an array with its shape'],
])('a bridge that %s fails the case, and the next one starts it anew', async (mode, expected) => {
  expect(await verdict(mode)).toBe(expected);
});

it.each([
  ['mute', 'does not answer within 1 s'],
  ['chatter', 'the target says \\"Welcome!\\", which answers nothing'],
])('refuses a program that is %s', async (mode, why) => {
  await expect(toy(mode)).rejects.toThrow(`foreign/target: "node test/check/foreign/bridge.mjs ${mode}" is no target`);
  await expect(toy(mode)).rejects.toThrow(why.replaceAll('\\"', '"'));
});

it('says how to install a library that is absent', async () => {
  await expect(foreignCampaigns('jax-js', { from: '/' })).rejects.toThrow('Fix: npm i @jax-js/jax');
});

const python = pythonWithTorch();

it.skipIf(python === undefined)(
  'finds what PyTorch does with repeated indices, and nothing in its convolutions',
  async () => {
    const campaigns = await foreignCampaigns(`${python} examples/bridge_torch.py`);
    const named = (name: string) => campaigns.find((campaign) => campaign.name === `PyTorch ${name}`)!;
    for (const name of ['conv2d', 'avgPool2d ceil', 'maxPool2d ties', 'gridSample bilinear zeros'])
      expect(await firstFault(named(name), 20)).toBeUndefined();
    const { failure } = (await firstFault(named('maxUnpool2d duplicates'), 20))!.outcome;
    expect(failure!.summary).toMatch(/contradicts its own forward/);
    const { code } = failure!.snippets![0]!;
    expect(code.trim().split('\n').length).toBeLessThanOrEqual(20);
    expect(code).toMatch(/F\.max_unpool2d/);
  },
);
