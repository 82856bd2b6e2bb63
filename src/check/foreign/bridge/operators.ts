import type { BridgeOperator } from './bridged.ts';
import { regions } from './regions.ts';
import { sampling } from './sampling.ts';
import { windows } from './windows.ts';

/** Everything that a bridge may offer. */
export const bridgeOperators: readonly BridgeOperator[] = [...windows, ...sampling, ...regions];
