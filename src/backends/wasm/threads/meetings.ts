import { bytesPerElement } from '../../../graph/dtype.ts';
import { stridesOf } from '../../../graph/shape.ts';
import type { Operand } from '../kernels/kernel.ts';
import type { Step } from '../plan/place.ts';

/** What a kernel may touch behind a buffer's last element. */
const slack = 64;

interface Stretch {
  readonly from: number;
  readonly below: number;
}

/**
 * Before which steps all threads have to meet: those that touch memory which a step since the last meeting writes, or
 * write what one of them reads. The others may begin while some thread is still at the step before.
 */
export function meetings(steps: readonly Step[]): readonly boolean[] {
  let reads: Stretch[] = [];
  let writes: Stretch[] = [];
  return steps.map(({ kernel, at }) => {
    const ownReads = Object.values(at.inputs).map(stretchOf);
    const ownWrites = [at.output, ...Object.values(at.outputs)].map(stretchOf);
    if (kernel?.scratch !== undefined) ownWrites.push({ from: at.scratch, below: at.scratch + kernel.scratch + slack });
    const meet = anyMeet(ownReads, writes) || anyMeet(ownWrites, writes) || anyMeet(ownWrites, reads);
    // Inside a step of several phases all meet, so that only its last phase is still under way after it.
    if (meet) [reads, writes] = [[], []];
    reads.push(...ownReads);
    writes.push(...ownWrites);
    return meet;
  });
}

function stretchOf({ type: { dtype, shape }, address, strides = stridesOf(shape) }: Operand): Stretch {
  const bytes = bytesPerElement[dtype];
  // From the first to the last element; loads of whole vectors may begin before the one.
  const reach = (sign: 1 | -1): number =>
    strides.reduce((sum, stride, k) => sum + Math.max(0, sign * stride * (shape[k]! - 1)), 0) * bytes;
  return { from: address - reach(-1), below: address + reach(1) + bytes + slack };
}

const anyMeet = (some: readonly Stretch[], others: readonly Stretch[]): boolean =>
  some.some((a) => others.some((b) => a.from < b.below && b.from < a.below));
