import type { Launch } from './protocol/child.ts';

/** A framework in one configuration, in a process of its own. */
export interface Contestant {
  /** `PyTorch 2t`. */
  readonly name: string;
  /** `PyTorch`: what it is called without its number of threads. */
  readonly family: string;
  /** How many threads it has, where that can be chosen. */
  readonly threads?: number;
  readonly launch: Launch;
  /** Cotangent's are what the others are compared with, and must agree with PyTorch. */
  readonly role: 'cotangent' | 'pytorch' | 'peer';
  /** It runs only what that contestant, of an earlier place, cannot. */
  readonly standsInFor?: string;
  /** Why it sits out: by workload, or all of them. */
  excuse(workload: string): string | undefined;
}
