import { WasmFunction } from '../../src/backends/wasm/encode/wasm-function.ts';
import { WasmModule } from '../../src/backends/wasm/encode/wasm-module.ts';
import type { Kernel, Operand } from '../../src/backends/wasm/kernels/kernel.ts';
import { Arena } from '../../src/backends/wasm/plan/arena.ts';
import { hasRelaxedSimd } from '../../src/backends/wasm/relaxed-simd.ts';
import { webAssembly } from '../../src/backends/wasm/web-assembly.ts';
import { bytesPerElement } from '../../src/graph/dtype.ts';
import { array, type NdArray } from '../../src/graph/nd-array.ts';
import { sizeOf } from '../../src/graph/shape.ts';
import type { Type } from '../../src/graph/type.ts';

/**
 * Runs one kernel alone in memory full of NaN, phase by phase, the last thread first: what it gives must not depend on
 * what memory held, nor on who computes what.
 */
export function runKernel(
  kernel: Kernel,
  inputs: { readonly [name: string]: NdArray },
  type: Type,
  threads: number,
): NdArray {
  const arena = new Arena();
  const place = (t: Type): Operand => ({
    type: t,
    address: arena.allocate(sizeOf(t.shape) * bytesPerElement[t.dtype]).address,
  });
  const at = {
    inputs: Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, place(value)])),
    output: place(type),
    outputs: {},
    scratch: arena.allocate(kernel.scratch ?? 0).address,
    table: arena.allocate(kernel.table?.length ?? 0).address,
  };
  const pages = Math.ceil(arena.end / 65536) + 1;
  const module = new WasmModule({ pages, shared: false });
  for (const [k, phase] of kernel.phases.entries()) {
    const f = new WasmFunction(['i32', 'i32']);
    const none = (): never => {
      throw new Error('needs nothing from outside');
    };
    phase(
      {
        f,
        thread: f.parameter(0),
        threads: f.parameter(1),
        features: { relaxed: hasRelaxedSimd() },
        foreign: none,
        refuse: none,
      },
      at,
    );
    module.add(`phase${k}`, f);
  }
  const memory = new webAssembly.Memory({ initial: pages });
  new Float64Array(memory.buffer).fill(Number.NaN);
  new Uint8Array(memory.buffer).set(kernel.table ?? [], at.table);
  const view = (operand: Operand): Float64Array | Float32Array =>
    new (operand.type.dtype === 'f64' ? Float64Array : Float32Array)(
      memory.buffer as ArrayBuffer,
      operand.address,
      sizeOf(operand.type.shape),
    );
  for (const [name, { data }] of Object.entries(inputs)) view(at.inputs[name]!).set(data);
  const { exports } = new webAssembly.Instance(new webAssembly.Module(module.encode()), { env: { memory } });
  for (const k of kernel.phases.keys())
    for (let thread = threads - 1; thread >= 0; thread--)
      (exports[`phase${k}`] as (thread: number, threads: number) => void)(thread, threads);
  return array(type, view(at.output));
}
