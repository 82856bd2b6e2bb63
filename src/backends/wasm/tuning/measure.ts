import { bytesPerElement } from '../../../graph/dtype.ts';
import { sizeOf } from '../../../graph/shape.ts';
import type { Type } from '../../../graph/type.ts';
import { Bytes } from '../encode/bytes.ts';
import { WasmFunction } from '../encode/wasm-function.ts';
import { WasmModule } from '../encode/wasm-module.ts';
import { type Correlation, planeOf } from '../kernels/conv/correlation.ts';
import type { Features, Kernel, Operand, Placement } from '../kernels/kernel.ts';
import { Arena } from '../plan/arena.ts';
import { webAssembly } from '../web-assembly.ts';

/**
 * Engines begin with code that is made quickly and runs slowly, and make better code meanwhile: measuring goes on until
 * nothing has become much faster for a while and a few rounds, or takes too long. In milliseconds.
 */
const settled = 40;
const settledRounds = 5;
const tooLong = 1000;
const muchFaster = 0.9;
/** Memory that may be taken for all kernels. */
const mostBytes = 2 ** 29;

/**
 * Seconds that kernels for one problem take on one thread, the shortest of runs in turn; undefined where operands are too
 * large to try.
 */
export function measure(problem: Correlation, kernels: readonly Kernel[], features: Features): number[] | undefined {
  const { dtype, batch, groups, channels, outputs } = problem;
  const type = (...shape: number[]): Type => ({ dtype, shape });
  const types = {
    x: type(batch, groups * channels, planeOf(problem, 'x')),
    w: type(groups * outputs, channels, planeOf(problem, 'w')),
    y: type(batch, groups * outputs, planeOf(problem, 'y')),
  };
  const arena = new Arena();
  const place = (type: Type): Operand => ({
    type,
    address: arena.allocate(sizeOf(type.shape) * bytesPerElement[dtype]).address,
  });
  const [x, w, y] = [place(types.x), place(types.w), place(types.y)];
  const scratch = arena.allocate(Math.max(0, ...kernels.map((kernel) => kernel.scratch ?? 0))).address;
  const placements = kernels.map(({ table }): Placement => {
    const address = arena.allocate(table?.length ?? 0).address;
    return { inputs: { x, w }, output: y, outputs: {}, scratch, table: address };
  });
  if (arena.end > mostBytes) return undefined;
  const pages = Math.ceil(arena.end / 65536) + 1;
  const memory = new webAssembly.Memory({ initial: pages, maximum: pages });
  for (const { type, address } of [x, w]) fill(memory.buffer, type, address);
  const runs = kernels.map((kernel, i) => {
    const at = placements[i]!;
    if (kernel.table !== undefined) new Uint8Array(memory.buffer, at.table).set(kernel.table);
    const bytes = assemble(kernel, at, pages, features);
    const { exports } = new webAssembly.Instance(new webAssembly.Module(bytes), { env: { memory } });
    return kernel.phases.map((_, k) => exports[`phase${k}`] as (thread: number, threads: number) => void);
  });
  const shortest = runs.map(() => Number.POSITIVE_INFINITY);
  const from = performance.now();
  let changed = from;
  let rounds = 0;
  for (let now = from; (now - changed < settled || rounds < settledRounds) && now - from < tooLong; rounds++)
    for (const [i, phases] of runs.entries()) {
      const start = performance.now();
      for (const phase of phases) phase(0, 1);
      now = performance.now();
      const seconds = (now - start) / 1000;
      if (seconds < muchFaster * shortest[i]!) [changed, rounds] = [now, 0];
      shortest[i] = Math.min(shortest[i]!, seconds);
    }
  return shortest;
}

function assemble(kernel: Kernel, at: Placement, pages: number, features: Features): Uint8Array {
  const module = new WasmModule({ pages, shared: false });
  const room = new Bytes(2 ** 13);
  const none = (): never => {
    throw new Error(`${kernel.name} needs nothing from outside`);
  };
  for (const [k, phase] of kernel.phases.entries()) {
    const f = new WasmFunction(['i32', 'i32'], [], room);
    phase({ f, thread: f.parameter(0), threads: f.parameter(1), features, foreign: none, refuse: none }, at);
    module.add(`phase${k}`, f);
  }
  return module.encode();
}

/** Numbers of ordinary sizes: tiny ones would take longer. */
function fill(buffer: ArrayBufferLike, { dtype, shape }: Type, address: number): void {
  const count = sizeOf(shape);
  const values = dtype === 'f64' ? new Float64Array(buffer, address, count) : new Float32Array(buffer, address, count);
  for (let i = 0; i < values.length; i++) values[i] = ((i * 37) % 64) / 32 - 1;
}
