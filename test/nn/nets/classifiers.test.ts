import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { grad } from '../../../src/autodiff/index.ts';
import { compile } from '../../../src/backends/index.ts';
import { GraphBuilder } from '../../../src/graph/builder.ts';
import { array } from '../../../src/graph/nd-array.ts';
import { f32, f64, showType } from '../../../src/graph/type.ts';
import {
  boxShifts,
  declareParameters,
  type Layer,
  net,
  roiHead,
  shiftBoxes,
  sppClassifier,
} from '../../../src/nn/index.ts';
import { add, sum } from '../../../src/ops/index.ts';

/** Declares a layer's parameters. */
const declared = (g: GraphBuilder, { parameters }: Layer) =>
  declareParameters(g, Object.fromEntries(Object.entries(parameters).map(([name, { type }]) => [name, type])));

describe('sppClassifier', () => {
  property.prop([fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 })], { numRuns: 25 })(
    'scores images of any size with the same parameters',
    (h, w) => {
      const g = new GraphBuilder();
      const classifier = sppClassifier({ inChannels: 2, classes: 3, width: 2, norm: 'group' });
      const parameters = declared(g, classifier);
      const scores = classifier.bind(parameters)(g.input('x', f32(4, 2, h, w)));
      expect(scores.shape).toEqual([4, 3]);
      expect(parameters['classify.w']!.shape).toEqual([50 * 2 * 4, 3]);
      const gradients = grad(sum(scores), parameters);
      for (const name in parameters) expect(gradients[name]!.node.op.name, name).not.toBe('full');
    },
  );

  test('scores are the same wherever an image lies in its batch', () => {
    const made = net('spp', {}, sppClassifier({ inChannels: 1, classes: 3, width: 2, depth: 1, dtype: 'f64' }));
    const values = made.initialise(3);
    const run = (images: readonly number[][]): readonly number[] => {
      const g = new GraphBuilder();
      const x = g.input('x', f64(images.length, 1, 7, 9));
      const executable = compile(g.build({ y: made.apply(x, declareParameters(g, made.parameterTypes)) }));
      for (const [name, value] of Object.entries(values)) executable.write(name, value);
      return [...executable.run({ x: array(f64(images.length, 1, 7, 9), images.flat()) }).y!.data];
    };
    const image = (phase: number): number[] => Array.from({ length: 63 }, (_, i) => Math.sin(i * phase));
    expect(run([image(0.7), image(1.9)])).toEqual([...run([image(0.7)]), ...run([image(1.9)])]);
  });

  test('refuses options that make no net and images of other channels', () => {
    for (const wrong of [{ width: 0 }, { depth: 1.5 }, { levels: [] }, { kind: 'sum' }, { wdith: 8 }])
      expect(() => sppClassifier({ inChannels: 1, classes: 2, ...wrong } as never)).toThrow(
        /net\/options: sppClassifier/,
      );
    const g = new GraphBuilder();
    const classifier = sppClassifier({ inChannels: 1, classes: 2 });
    const bound = classifier.bind(declared(g, classifier));
    // @ts-expect-error: the compiler knows it too
    expect(() => bound(g.input('x', f32(1, 3, 8, 8)))).toThrow(/conv\/channels/);
  });
});

describe('roiHead', () => {
  test.each(['align', 'pool'] as const)('%s: scores and shifts per box, by parameters that all learn', (pooling) => {
    const g = new GraphBuilder();
    const head = roiHead({ in: 2, classes: 3, bins: 2, hidden: 4, scale: 0.5, pooling, dtype: 'f64' });
    const parameters = declared(g, head);
    const [x, boxes] = [g.input('x', f64(2, 2, 6, 5)), g.input('boxes', f64(7, 5))];
    const { scores, shifts } = head.bind(parameters)(x, boxes);
    expect(scores.shape).toEqual([7, 3]);
    expect(shifts.shape).toEqual([7, 4]);
    const loss = add(sum(scores), sum(shifts));
    const gradients = grad(loss, { x, boxes, ...parameters });
    for (const [name, value] of Object.entries({ x, boxes, ...parameters }))
      expect(showType(gradients[name as keyof typeof gradients]!), name).toBe(showType(value));
    for (const name of ['x', ...Object.keys(parameters)])
      expect(gradients[name as keyof typeof gradients]!.node.op.name, name).not.toBe('full');
  });

  test('reads only the image and the box it is told', () => {
    const head = roiHead({ in: 1, classes: 2, bins: 2, hidden: 4, dtype: 'f64' });
    const g = new GraphBuilder();
    const { scores, shifts } = head.bind(declared(g, head))(g.input('x', f64(2, 1, 8, 8)), g.input('boxes', f64(1, 5)));
    const executable = compile(g.build({ scores, shifts }));
    const made = net('head', {}, head as Layer as Layer<(x: never) => never>);
    for (const [name, value] of Object.entries(made.initialise(1))) executable.write(name, value);
    const boxes = array(f64(1, 5), [1, 2, 2, 6, 6]);
    const run = (change: (i: number) => number) => {
      const x = array(
        f64(2, 1, 8, 8),
        Array.from({ length: 128 }, (_, i) => Math.sin(i) + change(i)),
      );
      const out = executable.run({ x, boxes });
      return { scores: [...out.scores!.data], shifts: [...out.shifts!.data] };
    };
    const inside = (i: number): boolean =>
      i >= 64 && ((i >> 3) & 7) >= 1 && ((i >> 3) & 7) <= 6 && (i & 7) >= 1 && (i & 7) <= 6;
    const plain = run(() => 0);
    expect(run((i) => (inside(i) ? 0 : 1))).toEqual(plain);
    expect(run((i) => (inside(i) ? 1 : 0)).scores).not.toEqual(plain.scores);
    expect(plain.shifts).toEqual([0, 0, 0, 0]);
  });

  test('refuses options that make no head', () => {
    for (const wrong of [{ bins: 0 }, { scale: -1 }, { pooling: 'mean' }, { hiden: 8 }])
      expect(() => roiHead({ in: 1, classes: 2, ...wrong } as never)).toThrow(/net\/options: roiHead/);
  });
});

describe('shifts of boxes', () => {
  const box = fc
    .tuple(...[0, 1, 2, 3].map(() => fc.double({ min: 0.5, max: 20, noNaN: true })))
    .map(([x, y, w, h]) => [x!, y!, x! + w!, y! + h!]);
  property.prop([box, box], { numRuns: 40 })('bring one box to the other, in its own image', (from, to) => {
    const g = new GraphBuilder();
    const [a, b] = [g.input('a', f64(1, 5)), g.input('b', f64(1, 5))];
    const executable = compile(g.build({ y: shiftBoxes(a, boxShifts(a, b)), none: shiftBoxes(a, boxShifts(a, a)) }));
    const out = executable.run({ a: array(f64(1, 5), [3, ...from]), b: array(f64(1, 5), [8, ...to]) });
    for (const [k, value] of [3, ...to].entries()) expect(out.y!.data[k]).toBeCloseTo(value, 10);
    for (const [k, value] of [3, ...from].entries()) expect(out.none!.data[k]).toBeCloseTo(value, 10);
  });

  test('need as many shifts as boxes', () => {
    const g = new GraphBuilder();
    const boxes = g.input('a', f64(2, 5));
    expect(() => shiftBoxes(boxes, g.input('b', f64(3, 4)) as never)).toThrow(/region\/shifts: shiftBoxes/);
  });
});
