import { describe, expect, test } from 'vitest';
import { array, f64, type Tensor } from '../../src/graph/index.ts';
import { psnr } from '../../src/lab/psnr.ts';
import {
  avgPool2d,
  avgUnpool2d,
  constant,
  maxPoolWithIndices,
  maxUnpool1d,
  maxUnpool2d,
  wholeIndices,
} from '../../src/ops/index.ts';
import { shapesDataset } from '../../src/train/index.ts';
import { decides } from './page.ts';
import { inner, line, plane, values } from './values.ts';

const kernel = 2;

describe('corrections of unpooling', () => {
  test('27: max unpooling is no inverse: zeros that it fills in may win, and places may be shared', () => {
    const { back } = values({ x: plane(2, 2, [-1, -2, -3, -4]) }, ({ x }) => {
      const { values: y, indices } = maxPoolWithIndices(x, { kernel });
      const again = maxPoolWithIndices(maxUnpool2d(y, indices, { kernel }), { kernel });
      return { back: again.values as Tensor };
    });
    const shared = (['sum', 'last', 'max'] as const).map((onDuplicate) => {
      const { y } = values({ x: line(4, 3) }, ({ x }) => {
        const indices = constant(x.graph, { dtype: 'i32', shape: [1, 1, 2] }, [1, 1]);
        return { y: maxUnpool1d(x, indices, { kernel: 2, stride: 1, onDuplicate }) as Tensor };
      });
      return `${onDuplicate} ${y[1]}`;
    });
    decides(27, `a maximum of −1 comes back as ${back[0]}; 4 and 3 at one place: ${shared.join(', ')}`);
  });

  test('28: ONNX counts switches through the whole tensor, PyTorch in each plane', () => {
    const x = array(f64(1, 2, 2, 2), [9, 1, 1, 1, 1, 9, 1, 1]);
    const { own, onnx } = values({ x }, ({ x }) => {
      const { indices } = maxPoolWithIndices(x, { kernel });
      return { own: indices as Tensor, onnx: wholeIndices(indices, { plane: [2, 2] }) as Tensor };
    });
    decides(28, `the maximum at (0, 1) of channel 1 is ${own[1]} to PyTorch, ${onnx[1]} to ONNX`);
  });

  test('29: average unpooling restores no input, and copies are not the adjoint', () => {
    const { means, back, adjoint, copy } = values({ x: plane(2, 2, [1, 2, 3, 4]), y: plane(1, 1, [1]) }, ({ x, y }) => {
      const means = avgPool2d(x, { kernel });
      return {
        means: avgPool2d(avgUnpool2d(means, { kernel }), { kernel }) as Tensor,
        back: avgUnpool2d(means, { kernel }) as Tensor,
        adjoint: avgUnpool2d(y, { kernel, mode: 'adjoint' }) as Tensor,
        copy: avgUnpool2d(y, { kernel }) as Tensor,
      };
    });
    // Of the two only the adjoint has ⟨pool(x), 1⟩ = ⟨x, unpool(1)⟩.
    expect(inner([1, 2, 3, 4], adjoint)).toBe(means[0]);
    expect(inner([1, 2, 3, 4], copy)).not.toBe(means[0]);
    decides(
      29,
      `1 2 3 4 comes back as ${back.join(' ')}, its mean as ${means[0]}; 1 is copied as ${copy.join(' ')}, its adjoint is ${adjoint.join(' ')}`,
    );
  });

  test('30: max unpooling keeps places, not energy', () => {
    const { image } = shapesDataset({ size: 32, classes: 4, count: 1, seed: 1 }).samples[0]!;
    const truth = array(f64(1, 3, 32, 32), image.data);
    const made = values({ x: truth }, ({ x }) => {
      const { values: y, indices } = maxPoolWithIndices(x, { kernel });
      return {
        max: maxUnpool2d(y, indices, { kernel }) as Tensor,
        mean: avgUnpool2d(avgPool2d(x, { kernel }), { kernel }) as Tensor,
      };
    });
    const energy = (list: readonly number[]): number => inner(list, list);
    const decibels = (list: readonly number[]): string => psnr(array(truth, [...list]), truth).toFixed(1);
    const kept = energy(made.max) / energy([...truth.data]);
    expect(kept).toBeLessThan(0.5);
    decides(
      30,
      `a scene of 32×32: ${decibels(made.max)} dB with ${(100 * kept).toFixed(0)} % of the energy; copies of means ${decibels(made.mean)} dB`,
    );
  });
});
