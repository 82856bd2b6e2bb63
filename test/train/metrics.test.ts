import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { array } from '../../src/graph/nd-array.ts';
import { i32 } from '../../src/graph/type.ts';
import { Confusion, scoresOf } from '../../src/train/metrics.ts';

const scored = (classes: number, truth: readonly number[], prediction: readonly number[]) => {
  const confusion = new Confusion(classes);
  confusion.add(array(i32(truth.length), truth), array(i32(prediction.length), prediction));
  return scoresOf(confusion);
};
const masks = fc.tuple(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 1, max: 40 })).chain(([classes, length]) => {
  const mask = fc.array(fc.integer({ min: 0, max: classes - 1 }), { minLength: length, maxLength: length });
  return fc.record({ classes: fc.constant(classes), truth: mask, prediction: mask });
});

describe('scores', () => {
  test.prop([masks])('count as sets do', ({ classes, truth, prediction }) => {
    const scores = scored(classes, truth, prediction);
    for (let k = 0; k < classes; k++) {
      const both = truth.filter((t, i) => t === k && prediction[i] === k).length;
      const either = truth.filter((t, i) => t === k || prediction[i] === k).length;
      expect(scores.iou[k]).toBe(either === 0 ? null : both / either);
      const iou = scores.iou[k]!;
      if (either > 0) expect(scores.dice[k]).toBeCloseTo((2 * iou) / (1 + iou), 12);
    }
    const recalls = Array.from({ length: classes }, (_, k) => {
      const there = truth.filter((t) => t === k).length;
      return there === 0 ? null : truth.filter((t, i) => t === k && prediction[i] === k).length / there;
    });
    expect(scores.classAccuracy).toEqual(recalls);
    const known = recalls.filter((recall) => recall !== null);
    expect(scores.macc).toBeCloseTo(known.reduce((a, b) => a + b, 0) / known.length, 12);
    expect(scores.confusion).toEqual(
      recalls.map((_, t) => recalls.map((__, p) => truth.filter((c, i) => c === t && prediction[i] === p).length)),
    );
    expect(scores.accuracy).toBe(truth.filter((t, i) => t === prediction[i]).length / truth.length);
  });

  test.prop([masks])('of a perfect prediction are one, absent classes left out', ({ classes, truth }) => {
    const { accuracy, macc, miou, mdice, iou } = scored(classes, truth, truth);
    expect([accuracy, macc, miou, mdice]).toEqual([1, 1, 1, 1]);
    expect(iou.map((x) => x === null)).toEqual(iou.map((_, k) => !truth.includes(k)));
  });

  test.prop([masks])('are the same with truth and prediction exchanged, accuracies of classes aside', (drawn) => {
    const { classes, truth, prediction } = drawn;
    const [there, back] = [scored(classes, truth, prediction), scored(classes, prediction, truth)];
    for (const name of ['accuracy', 'iou', 'dice', 'miou', 'mdice'] as const) expect(back[name]).toEqual(there[name]);
    expect(back.confusion).toEqual(there.confusion.map((_, p) => there.confusion.map((row) => row[p])));
  });

  it('give 0 to a class that is predicted but never true', () => {
    expect(scored(2, [0, 0], [0, 1])).toMatchObject({ iou: [0.5, 0], miou: 0.25, accuracy: 0.5 });
  });

  it('have no mean accuracy where nothing is true', () => {
    expect(scored(2, [-1, -1], [0, 1])).toMatchObject({ accuracy: 0, macc: null, classAccuracy: [null, null] });
  });

  it('leave out pixels whose true class is none', () => {
    expect(scored(2, [-1, 1, 255], [0, 1, 1])).toMatchObject({ accuracy: 1, iou: [null, 1] });
  });
});
