import { checkerboardOf } from '../../analysis/index.ts';
import type { Arrays, Backend } from '../../backends/backend.ts';
import { f32 } from '../../graph/type.ts';
import { declareParameters, type Net } from '../../nn/index.ts';
import type { Normalisation } from '../data/normalisation.ts';

/** Strides of nets are powers of two up to this, so a pattern of any of them repeats with it. */
const period = 32;
/** The least side whose middle half, in whole periods, is long enough for the period to be told. */
const side = 192;

/** How much of a checkerboard a net with these parameters makes of flat images of two levels of grey, 0 to 1. */
export function checkerboardOfRun(
  net: Net,
  { mean, deviation }: Normalisation,
  parameters: Arrays,
  backend: Backend,
): number {
  const values = Object.fromEntries(Object.keys(net.parameterTypes).map((name) => [name, parameters[name]!]));
  const level = (grey: number): number => mean.reduce((sum, m, c) => sum + (grey - m) / deviation[c]!, 0) / mean.length;
  return checkerboardOf((x) => net.apply(x, declareParameters(x.graph, net.parameterTypes)), {
    type: f32(2, mean.length, side, side),
    period,
    values,
    levels: [level(0), level(1)],
    backend,
  }).score;
}
