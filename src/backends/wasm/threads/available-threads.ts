import type * as Os from 'node:os';

/** What engines have and the configured type libraries lack. */
interface Scope {
  readonly crossOriginIsolated?: boolean;
  readonly navigator?: { readonly hardwareConcurrency?: number };
}

/** Beyond this the parts of small nets' steps are too small to be worth meeting for. */
const most = 8;

/** How many threads pay here: one per processor, up to 8; 1 where memory cannot be shared. */
export const availableThreads = (): number => (canShareMemory() ? Math.min(most, processors()) : 1);

/** How many threads can work at the same time. */
export function processors(): number {
  const os = globalThis.process?.getBuiltinModule?.('node:os') as typeof Os | undefined;
  return os?.availableParallelism() ?? (globalThis as Scope).navigator?.hardwareConcurrency ?? 1;
}

/** Pages share memory only when they are isolated from other origins (headers COOP and COEP). */
export const canShareMemory = (): boolean =>
  typeof SharedArrayBuffer === 'function' && (globalThis as Scope).crossOriginIsolated !== false;

/** Whether this thread may sleep: the main thread of a page may not. */
export function maySleep(): boolean {
  try {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 1, 0);
    return true;
  } catch {
    return false;
  }
}
