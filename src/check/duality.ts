import { jvp } from '../autodiff/jvp.ts';
import { CotangentError } from '../graph/error.ts';
import type { NdArray } from '../graph/nd-array.ts';
import type { Tensor } from '../graph/tensor.ts';
import { dot, sizeOfDot } from './compare.ts';
import { drawCotangent } from './draw.ts';
import type { Faults } from './fault.ts';
import type { Program } from './program.ts';
import type { Random } from './random.ts';
import type { Workbench } from './workbench.ts';

/** ⟨u, J·v⟩ and ⟨Jᵀ·u, v⟩ of one graph: the forward derivative against the backward one, without any difference. */
export interface Duality {
  readonly pushed: Program;
  readonly tangents: readonly string[];
}

interface Moved {
  readonly name: string;
  readonly tensor: Tensor;
}

/** Undefined where there is no forward derivative: some rule cannot be transposed. */
export function dualityOf(bench: Workbench, y: Tensor, variables: readonly Moved[]): Duality | undefined {
  const declared = variables.map(({ name, tensor }) => [`tangent.${name}`, tensor] as const);
  try {
    const inputs = declared.map(([name, type]) => bench.declare(name, type));
    const [pushed] = jvp(
      [y],
      variables.map(({ tensor }) => tensor),
      inputs,
    );
    return { pushed: bench.program({ y: pushed! }), tangents: declared.map(([name]) => name) };
  } catch (error) {
    if (error instanceof CotangentError) return undefined;
    throw error;
  }
}

/** How often a disagreement within roundings must repeat, with other cotangents and tangents. */
const repeats = 3;

interface Task {
  readonly bench: Workbench;
  readonly y: Tensor;
  readonly variables: readonly Moved[];
  readonly exact: boolean;
  readonly condition: number;
  readonly random: Random;
  readonly fault: Faults;
  pull(u: NdArray): { readonly [name: string]: NdArray };
}

/** @throws GradcheckError `gradcheck/duality`. */
export function checkDuality(
  duality: Duality,
  { bench, y, variables, exact, condition, random, fault, pull }: Task,
): void {
  for (let k = 0; ; k++) {
    const u = drawCotangent(y, random.fork(`dual ct ${k}`));
    const tangents = variables.map(({ name, tensor }) => drawCotangent(tensor, random.fork(`dual ${name} ${k}`)));
    duality.tangents.forEach((name, i) => {
      bench.set(name, tangents[i]!);
    });
    duality.pushed.expect(1);
    const pushed = duality.pushed().y!;
    const pulled = pull(u);
    const forward = dot(u, pushed);
    let backward = 0;
    let size = sizeOfDot(u, pushed);
    for (const [i, { name }] of variables.entries()) {
      backward += dot(pulled[name]!, tangents[i]!);
      size += sizeOfDot(pulled[name]!, tangents[i]!);
    }
    const tolerance = exact ? 0 : 64 * Number.EPSILON * condition * size;
    if (Math.abs(forward - backward) <= tolerance) return;
    if (exact || k === repeats) fault.duality(forward, backward, tolerance);
  }
}
