/** The program of the page under test: trains a small U-Net on one thread and on three, and tells the server how it went. */
import { wasmWith } from '../../src/backends/index.ts';
import { WasmExecutable } from '../../src/backends/wasm/wasm-executable.ts';
import { smallTraining } from '../backends/small-training.ts';

const report: { [key: string]: unknown } = { isolated: Reflect.get(globalThis, 'crossOriginIsolated') };
try {
  // Without fused multiply-add, which not every engine has: its rounding is another.
  const alone = smallTraining(wasmWith({ threads: 1, relaxed: false }));
  report.alone = [alone.step(), alone.step(), alone.step()];
  const { executable, step } = smallTraining(wasmWith({ threads: 3, relaxed: false }));
  const threads = (): number => (executable instanceof WasmExecutable ? executable.threads : 0);
  for (let waited = 0; threads() < 3 && waited < 200; waited++) await new Promise((next) => setTimeout(next, 10));
  report.threads = threads();
  report.together = [step(), step(), step()];
  executable.close();
} catch (error) {
  report.error = `${error}`;
}
await fetch('/report', { method: 'POST', body: JSON.stringify(report) });
