import type { FloatDType } from '../../graph/dtype.ts';
import { maxPool2d } from '../../ops/index.ts';
import { convUnit } from '../blocks/conv-unit.ts';
import { type Layer, layer } from '../layer.ts';
import type { Image } from '../layers/image.ts';

interface HalvingStageOptions {
  readonly in: number;
  readonly out: number;
  readonly convolutions: number;
  readonly down: 'pool' | 'conv';
  readonly norm: 'none' | 'group';
  readonly dtype: FloatDType;
}

/**
 * 3×3 convolutions with ReLU, `units.0` …, and then half the size, rounded up: by 2×2 max pooling, or by one more of stride
 * 2, `down`.
 */
export function halvingStage(options: HalvingStageOptions): Layer<(x: Image) => Image> {
  const { in: from, out, convolutions, down, norm, dtype } = options;
  const units = Array.from({ length: convolutions }, (_, k) =>
    convUnit({ in: k === 0 ? from : out, out, norm, dtype }),
  );
  const last = down === 'conv' ? convUnit({ in: out, out, stride: 2, norm, dtype }) : undefined;
  return layer({ units, down: last }, ({ units, down }) => (x: Image) => {
    const y = units.reduce((z, unit) => unit(z), x);
    return down?.(y) ?? (maxPool2d(y, { kernel: 2, ceil: true }) as Image);
  });
}
