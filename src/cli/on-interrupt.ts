import { exitCode } from './exit-code.ts';

/** What hears Ctrl-C. */
export interface Interrupt {
  readonly signal: AbortSignal;
  /** Ends the hearing. */
  forget(): void;
}

/** The first Ctrl-C (or SIGTERM) aborts the signal and is told of; a second one ends the process at once. */
export function onInterrupt(tell: () => void): Interrupt {
  const abort = new AbortController();
  const interrupt = (): void => {
    // Signals wait for the end of a step: two may come at once.
    if (abort.signal.aborted) process.exit(exitCode.interrupted);
    abort.abort();
    tell();
    // From now on a signal finds no listener and ends the process even in the middle of a step. Files are written whole or not at all.
    setImmediate(forget);
  };
  const forget = (): void => void process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  return { signal: abort.signal, forget };
}
