import { bytesPerElement } from '../../../graph/dtype.ts';
import { sizeOf } from '../../../graph/shape.ts';
import type { Operand } from '../kernels/kernel.ts';
import type { Step } from '../plan/plan.ts';

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

const stretchOf = ({ type, address }: Operand): Stretch => ({
  from: address,
  below: address + sizeOf(type.shape) * bytesPerElement[type.dtype] + slack,
});

const anyMeet = (some: readonly Stretch[], others: readonly Stretch[]): boolean =>
  some.some((a) => others.some((b) => a.from < b.below && b.from < a.below));
