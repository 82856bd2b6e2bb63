import { describe, expect, it } from 'vitest';
import { array } from '../../src/graph/nd-array.ts';
import { i32 } from '../../src/graph/type.ts';
import { classWeightsOf } from '../../src/train/class-weights.ts';

const training = [{ mask: array(i32(1, 4), [0, 0, 0, 1]) }, { mask: array(i32(1, 5), [0, 0, 0, 1, -1]) }];

describe('class weights', () => {
  it('are none unless asked for', () => {
    expect(classWeightsOf({ classWeights: 'none', loss: 'dice' }, training, 2)).toBeUndefined();
  });

  it('let each class count alike when balanced, and a pixel 1 on average; pixels that are no class do not count', () => {
    const weights = classWeightsOf({ classWeights: 'balanced', loss: 'ce' }, training, 3)!;
    expect(weights).toEqual([8 / (2 * 6), 8 / (2 * 2), 1]);
  });

  it('are those given', () => {
    expect(classWeightsOf({ classWeights: [1, 2.5], loss: 'ce+dice' }, training, 2)).toEqual([1, 2.5]);
  });

  it.each([
    [{ classWeights: [1, 2, 3], loss: 'ce' }, /train\/class-weights: 3 weights \(1, 2, 3\) for 2 classes/],
    [{ classWeights: 'balanced', loss: 'dice' }, /Dice loss has no weights/],
  ] as const)('refuse %o', (config, text) => {
    expect(() => classWeightsOf(config, training, 2)).toThrow(text);
  });
});
