import { nets } from '../../nn/index.ts';
import type { Sample } from '../data/dataset.ts';
import { split } from '../data/split.ts';
import type { Scores } from '../metrics.ts';
import { loadDataset } from '../run.ts';
import { majorityBaseline } from './majority-baseline.ts';
import { type Comparison, recipeFor } from './recipe.ts';

/** The data of a comparison: what all nets are trained on and judged by. */
export interface ComparedData {
  readonly name: string;
  readonly classNames: readonly string[];
  readonly training: number;
  /** Held back, in the order of the validation. */
  readonly validation: readonly Sample[];
  /** Scores of the simplest prediction. */
  readonly baseline: Scores;
}

/** Loads and splits the data as each net's run does. */
export function comparedData(comparison: Comparison): ComparedData {
  const config = recipeFor(comparison.nets?.[0] ?? Object.keys(nets)[0]!, comparison);
  const dataset = loadDataset(config);
  const { training, validation } = split(dataset, config.val, config.seed);
  return {
    name: dataset.name,
    classNames: dataset.classNames,
    training: training.length,
    validation,
    baseline: majorityBaseline(dataset.classes, training, validation),
  };
}
