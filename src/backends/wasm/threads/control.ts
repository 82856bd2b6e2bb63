/**
 * Words at the end of a program's shared memory, each on a cache line of its own, by their offsets in bytes from
 * `controlBytes` before the end.
 */
export const control = {
  /** How many threads have come to the meeting that is under way. */
  arrived: 0,
  /** How many meetings are over: what waiting threads watch. */
  met: 64,
  /** How many threads sleep: waking nobody costs as much as waking one. */
  asleep: 128,
  /** Not 0 once a thread broke off: 1 more than the step whose values an operator refused, or -1 for another fault. */
  failed: 192,
  /** What `failed` was when the last meeting ended: so all who were there go on, or all leave. */
  verdict: 256,
  /** How long each thread looks before it sleeps: one word per thread, 64 bytes apart. */
  patience: 320,
} as const;

/** What `failed` and `verdict` are when a thread did not come to a meeting. */
export const lost: number = -2;

/** The most threads that a program can have. */
export const mostThreads = 256;

/** Bytes that the words take. */
export const controlBytes: number = control.patience + 64 * mostThreads;
