import { receptiveField } from '../analysis/index.ts';
import { GraphBuilder } from '../graph/builder.ts';
import { f32 } from '../graph/type.ts';
import type { Net } from '../nn/index.ts';
import { mapValues } from './map-values.ts';

/**
 * How far tiles must overlap on each side for a result without seams: as far as an output of the net looks. Nets that look at all of their
 * input (group normalisation, global pooling, sampling at computed places) have no such distance: for them it is 96 pixels, or 8 times
 * the net's `multiple`, as far as a U-Net of that depth looks besides.
 */
export function marginOf(net: Net, channels: number): number {
  const g = new GraphBuilder();
  const side = Math.max(64, 2 * net.multiple);
  const image = g.input('image', f32(1, channels, side, side));
  const scores = net.apply(
    image,
    mapValues(net.parameterTypes, (type, name) => g.parameter(name, type)),
  );
  const axes = receptiveField(g.build({ scores }), { input: 'image' }).slice(2);
  if (axes.some(({ whole }) => whole)) return Math.max(96, 8 * net.multiple);
  return Math.max(...axes.map(({ start, size }) => Math.max(-start, size + start)));
}
