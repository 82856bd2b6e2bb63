import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import type { DataSource } from '../train/config.ts';
import { type SceneName, sceneNames, scenes } from '../train/data/scenes/scenes.ts';
import { maskCode, wholeNumber } from './number-option.ts';

/** Which data, as the command line gives it. */
export interface DataOptions {
  readonly data?: string;
  readonly ignore?: number;
  readonly scene?: SceneName;
  readonly size?: number;
  readonly classes?: number;
  readonly count?: number;
}

/** What is generated where no data are given. */
const generatedDefaults: Extract<DataSource, { kind: 'shapes' }> = {
  kind: 'shapes',
  size: 96,
  classes: scenes.shapes.classes,
  count: 264,
};

/** The options of a command that reads a folder of pairs or generates scenes. */
export const withDataOptions = (command: Command): Command =>
  command
    .addOption(
      new Option(
        '--data <dir>',
        'folder with images/NAME.png and masks/NAME.png (8/16-bit grey, RGB or palette PNG)',
      ).conflicts(['scene', 'size', 'classes', 'count']),
    )
    .option('--ignore <value>', 'grey value, palette index or #rrggbb in masks that is no class', maskCode)
    .addOption(new Option('--scene <name>', 'what to generate where no data are given').choices(sceneNames))
    .option('--size <n>', 'side of the generated images', wholeNumber(16))
    .option('--classes <n>', 'classes of the generated images, background included', wholeNumber(2))
    .option('--count <n>', 'number of generated images', wholeNumber(2));

/** The generated scenes, a line each, for help texts. */
export const sceneList: string = sceneNames.map((name) => `  ${name.padEnd(10)}${scenes[name].summary}`).join('\n');

/** The data that the options mean: what is not given comes from `base`. */
export function dataSource({ data, ignore, scene, size, classes, count }: DataOptions, base?: DataSource): DataSource {
  const ignored = ignore === undefined ? {} : { ignore };
  if (data !== undefined) return { kind: 'folder', dir: resolve(data), ...ignored };
  if (base?.kind === 'folder') return { ...base, ...ignored };
  const from = base ?? generatedDefaults;
  const name = scene ?? from.scene ?? 'shapes';
  return {
    kind: 'shapes',
    ...(name === 'shapes' ? {} : { scene: name }),
    size: size ?? from.size,
    // Another scene has another number of classes.
    classes: classes ?? (name === (from.scene ?? 'shapes') ? from.classes : scenes[name].classes),
    count: count ?? from.count,
  };
}
