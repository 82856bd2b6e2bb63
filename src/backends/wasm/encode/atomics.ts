/** Instructions on shared memory that no other thread comes in between of; written like those in `opcodes.ts`. */
export const atomics = {
  'memory.atomic.notify': 0xfe0000,
  'memory.atomic.wait32': 0xfe0001,
  'i32.atomic.load': 0xfe0010,
  'i32.atomic.store': 0xfe0017,
  'i32.atomic.rmw.add': 0xfe001e,
  'i32.atomic.rmw.sub': 0xfe0025,
} as const;

export type Atomic = keyof typeof atomics;
