import type { Launch } from './protocol/child.ts';

/** A framework in one configuration, in a process of its own. */
export interface Contestant {
  /** `PyTorch 2t`. */
  readonly name: string;
  readonly launch: Launch;
  /** Cotangent's are what the others are compared with, and must agree with PyTorch. */
  readonly role: 'cotangent' | 'pytorch' | 'peer';
  /** Why it sits out: by workload, or all of them. */
  excuse(workload: string): string | undefined;
}
