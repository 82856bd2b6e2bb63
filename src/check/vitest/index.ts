/**
 * Matchers for vitest: `import 'cotangent/check/vitest'` in a test, or in a file of `setupFiles`. Needs vitest and
 * fast-check.
 */
import { expect } from 'vitest';
import { type ProvedGradientsOptions, provedGradients } from './proved-gradients.ts';

export type { ProvedGradientsOptions } from './proved-gradients.ts';

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: the parameter must be declared as vitest declares it.
  interface Matchers<T = any> {
    /**
     * That the gradients of an operator (in drawn geometries), a graph or a function with `types` are proved.
     * What is inconclusive fails.
     */
    toHaveProvedGradients(options?: ProvedGradientsOptions<T>): Promise<void>;
  }
}

expect.extend({ toHaveProvedGradients: provedGradients });
