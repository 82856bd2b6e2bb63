import { costOf } from '../../analysis/index.ts';
import { wasmWith } from '../../backends/wasm/wasm.ts';
import { GraphBuilder } from '../../graph/builder.ts';
import { sizeOf } from '../../graph/shape.ts';
import { f32 } from '../../graph/type.ts';
import { declareParameters, type Net } from '../../nn/index.ts';
import type { NetCosts } from './measured-net.ts';

/** What it costs to predict one image of this size, filled up to what the net divides by. */
export function netCosts(net: Net, channels: number, height: number, width: number): NetCosts {
  const [rows, columns] = [height, width].map((side) => Math.ceil(side / net.multiple) * net.multiple);
  const g = new GraphBuilder();
  const x = g.input('x', f32(1, channels, rows!, columns!));
  const graph = g.build({ scores: net.apply(x, declareParameters(g, net.parameterTypes)) });
  const executable = wasmWith({ threads: 1 }).compile(graph);
  const { memory } = executable.plan.report();
  executable.close();
  return {
    parameters: Object.values(net.parameterTypes).reduce((sum, { shape }) => sum + sizeOf(shape), 0),
    macs: costOf(graph).total.macs,
    memory: memory.bytes,
  };
}
