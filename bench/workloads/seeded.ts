import { array, type NdArray } from '../../src/graph/nd-array.ts';
import { f32 } from '../../src/graph/type.ts';
import { randomStream } from '../../src/nn/random.ts';

/** Normal float32 numbers that depend on nothing but the name. */
export function seeded(name: string, shape: readonly number[], scale = 1): NdArray {
  const value = array(f32(...shape));
  const { normal } = randomStream(7, name);
  for (let i = 0; i < value.data.length; i++) value.data[i] = scale * normal();
  return value;
}
