import { type Backend, compile } from '../backends/index.ts';
import { GraphBuilder } from '../graph/builder.ts';
import { array } from '../graph/nd-array.ts';
import { sizeOf } from '../graph/shape.ts';
import type { Tensor } from '../graph/tensor.ts';
import { f64, type Type } from '../graph/type.ts';
import { type ConvCost, conv2d, dft, matmul, transpose } from '../ops/index.ts';

/** How a calibration is done. */
export interface CalibrationOptions {
  /** The backend to measure; the reference unless given. */
  readonly backend?: Backend;
  /** How long each of the four parts is repeated, in milliseconds; default 20. */
  readonly milliseconds?: number;
}

/**
 * Measures here and now what the cost model of `fftConv1d` and `fftConv2d` goes by (operators.md 25, 67): pass the result as
 * their option `cost`. Takes about a tenth of a second unless told otherwise.
 */
export function calibrateConvCost(options: CalibrationOptions = {}): ConvCost {
  const x = f64(1, 8, 36, 36);
  const w = f64(8, 8, 5, 5);
  const signals = f64(64, 256, 2);
  const [a, b] = [f64(32, 32, 32), f64(32, 32, 32)];
  return {
    multiplyAdd: nanoseconds([x, w], ([x, w]) => conv2d(x!, w!), options) / (8 * 32 * 32 * 8 * 25),
    butterfly: nanoseconds([signals], ([z]) => dft(z!, { axis: 1, inverse: false }), options) / (64 * 256 * 8),
    product: nanoseconds([a, b], ([a, b]) => matmul(a!, b!), options) / 32 ** 4,
    move: nanoseconds([signals], ([z]) => transpose(z!, [1, 0, 2]), options) / sizeOf(signals.shape),
  };
}

/** The shortest of the runs that fit into the time, the first not counted. */
function nanoseconds(
  types: readonly Type[],
  f: (inputs: readonly Tensor[]) => Tensor,
  options: CalibrationOptions,
): number {
  const { backend, milliseconds = 20 } = options;
  const g = new GraphBuilder();
  const y = f(types.map((type, k) => g.input(`x${k}`, type)));
  const executable = compile(g.build({ y }), backend === undefined ? {} : { backend });
  const feeds = types.map((type, k) => {
    const values = Array.from({ length: sizeOf(type.shape) }, (_, i) => ((i * 7919) % 17) - 8);
    return [`x${k}`, array(type, values)] as const;
  });
  const inputs = Object.fromEntries(feeds);
  executable.run(inputs);
  let best = Number.POSITIVE_INFINITY;
  const end = performance.now() + milliseconds;
  do {
    const start = performance.now();
    executable.run(inputs);
    best = Math.min(best, performance.now() - start);
  } while (performance.now() < end);
  executable.close();
  return best * 1e6;
}
