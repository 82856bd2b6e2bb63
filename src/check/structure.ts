import type { Arrays } from '../backends/backend.ts';
import { array, type NdArray } from '../graph/nd-array.ts';
import { sameType, showType } from '../graph/type.ts';
import { leastRounding } from './compare.ts';
import type { Faults } from './fault.ts';
import type { Program } from './program.ts';
import type { Workbench } from './workbench.ts';

interface Programs {
  readonly forward: Program;
  readonly backward: Program;
  /** The name of the cotangent that `backward` is linear in. */
  readonly cotangent: string;
}

/**
 * What every pullback obeys, whatever it computes: VJP(0) = 0, VJP(−2u) = −2·VJP(u) and a second run the same, all bit
 * for bit; finite results of finite inputs; inputs left as they were; results of the inputs' types.
 */
export function checkStructure(bench: Workbench, { forward, backward, cotangent }: Programs, faults: Faults): void {
  const y = forward().y!;
  if (!y.data.every(Number.isFinite)) faults.notFinite(y);
  const gradients = backward();
  for (const [name, gradient] of Object.entries(gradients)) {
    const at = bench.feeds[name]!;
    if (!sameType(gradient, at))
      faults.structure(`the cotangent is ${showType(gradient)}, the input ${showType(at)}`, gradient, name);
    if (!gradient.data.every(Number.isFinite)) faults.structure('the gradient is not finite', gradient, name);
  }
  requireSame(gradients, backward(), 'a second run gives other bits', faults);
  const u = bench.feeds[cotangent]!;
  const scaledBy = (factor: number): Arrays => backward({ [cotangent]: scale(u, factor) });
  const mapped = (factor: number): Arrays =>
    Object.fromEntries(Object.entries(gradients).map(([name, value]) => [name, scale(value, factor)]));
  requireSame(mapped(0), scaledBy(0), 'VJP(0) is not zero', faults);
  requireNear(mapped(-2), scaledBy(-2), 'VJP(−2u) is not −2·VJP(u)', faults);
  for (const program of [forward, backward]) {
    const { inputs, run } = program.live();
    run();
    for (const name of program.inputs)
      if (!sameValues(bench.feeds[name]!, inputs[name]!))
        faults.structure('running the graph changed this input', inputs[name]!, name);
  }
}

/** The same bits, but for what the smallest numbers there are cannot hold. */
function requireNear(expected: Arrays, actual: Arrays, summary: string, faults: Faults): void {
  for (const [name, { data }] of Object.entries(expected))
    for (let i = 0; i < data.length; i++)
      if (!(Math.abs(data[i]! - actual[name]!.data[i]!) <= leastRounding))
        faults.structure(summary, actual[name]!, name);
}

function requireSame(expected: Arrays, actual: Arrays, summary: string, faults: Faults): void {
  for (const [name, value] of Object.entries(expected))
    if (!sameValues(value, actual[name]!)) faults.structure(summary, actual[name]!, name);
}

function scale(value: NdArray, factor: number): NdArray {
  const scaled = array(value);
  for (let i = 0; i < value.data.length; i++) scaled.data[i] = factor * value.data[i]!;
  return scaled;
}

/** Equal element by element; 0 and −0 are equal. */
export const sameValues = (a: NdArray, b: NdArray): boolean => {
  for (let i = 0; i < a.data.length; i++) if (a.data[i] !== b.data[i]) return false;
  return a.data.length === b.data.length;
};
