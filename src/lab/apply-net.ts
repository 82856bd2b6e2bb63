import type { Arrays, Backend } from '../backends/backend.ts';
import type { NdArray } from '../graph/nd-array.ts';
import type { Net } from '../nn/index.ts';
import { evaluate } from './evaluate.ts';

/** What a net with these parameters makes of a batch of images. */
export const applyNet = (backend: Backend, net: Net, parameters: Arrays, x: NdArray): NdArray =>
  evaluate(backend, { x, ...parameters }, ({ x, ...values }) => ({ y: net.apply(x!, values) })).y!;
