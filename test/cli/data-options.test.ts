import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { type AugmentOptions, withAugmentOptions } from '../../src/cli/augment-options.ts';
import { type DataOptions, withDataOptions } from '../../src/cli/data-options.ts';
import { trainConfig } from '../../src/cli/train-config.ts';

/** What these words on the command line make of the configuration; the message of what they are refused with. */
function configOf(...words: string[]) {
  const command = withAugmentOptions(withDataOptions(new Command('train'))).exitOverride();
  command.configureOutput({ writeErr: () => {} });
  command.parse(words, { from: 'user' });
  return trainConfig(command.opts<AugmentOptions & DataOptions>());
}

describe('options of windows', () => {
  it('are absent unless given, so that records of runs without them stay as they were', () => {
    expect(Object.keys(configOf())).not.toEqual(
      expect.arrayContaining(['rotate', 'scale', 'shift', 'elastic', 'brightness', 'contrast', 'gamma', 'noise']),
    );
    expect(configOf('--rotate', '0', '--elastic', '0', '--noise', '0', '--sampling', 'uniform')).toEqual(configOf());
  });

  it('say what is done', () => {
    expect(
      configOf('--rotate', '30', '--scale', '0.8,1.25', '--shift', '5', '--elastic', '6,48', '--brightness', '0.1'),
    ).toMatchObject({
      rotate: 30,
      scale: [0.8, 1.25],
      shift: 5,
      elastic: { amplitude: 6, spacing: 48 },
      brightness: 0.1,
    });
    expect(
      configOf('--contrast', '0.2', '--gamma', '1.5', '--noise', '0.05', '--elastic', '4', '--sampling', 'balanced'),
    ).toMatchObject({
      contrast: 0.2,
      gamma: 1.5,
      noise: 0.05,
      elastic: { amplitude: 4, spacing: 32 },
      sampling: 'balanced',
    });
  });

  it('are kept by a run that goes on', () => {
    const base = configOf('--rotate', '30', '--elastic', '6,48', '--sampling', 'balanced');
    expect(trainConfig({}, base)).toEqual(base);
    expect(trainConfig({ rotate: 20 }, base)).not.toEqual(base);
  });

  it.each([
    ['--rotate', '181'],
    ['--rotate', 'far'],
    ['--scale', '1.2'],
    ['--scale', '1.2,0.8'],
    ['--scale', '0,1'],
    ['--elastic', '6,4'],
    ['--elastic', '-1'],
    ['--elastic', '1,2,3'],
    ['--contrast', '1.5'],
    ['--gamma', '0.5'],
    ['--sampling', 'fair'],
  ])('refuse %s %s', (name, value) => {
    expect(() => configOf(`${name}=${value}`)).toThrow(/argument|invalid/);
  });
});

describe('options of data', () => {
  it('name scenes, each with its number of classes', () => {
    expect(configOf().data).toEqual({ kind: 'shapes', size: 96, classes: 4, count: 264 });
    expect(configOf('--scene', 'shapes')).toEqual(configOf());
    expect(configOf('--scene', 'thin').data).toMatchObject({ scene: 'thin', classes: 2 });
    expect(configOf('--scene', 'thin', '--classes', '3').data).toMatchObject({ scene: 'thin', classes: 3 });
    expect(() => configOf('--scene', 'thin', '--data', 'here')).toThrow(/cannot be used with/);
  });
});
