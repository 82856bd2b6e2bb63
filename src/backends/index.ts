export type { Arrays, Backend, Executable, Live } from './backend.ts';
export { type BackendName, backendNames, backends } from './backends.ts';
export { compile } from './compile.ts';
export { reference } from './reference/reference.ts';
export type { Plan, Step } from './wasm/plan/plan.ts';
export type { MemoryReport, PlanReport, StepReport, ViewsReport } from './wasm/plan/report.ts';
export type { TuningCache } from './wasm/tuning/tuning-cache.ts';
export { type WasmBackend, type WasmOptions, wasm, wasmWith } from './wasm/wasm.ts';
export type { WasmExecutable } from './wasm/wasm-executable.ts';
