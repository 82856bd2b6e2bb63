import type { DType } from '../../../../graph/dtype.ts';
import type { Local } from '../../encode/wasm-function.ts';
import type { Cluster, Member, Source } from './cluster.ts';
import { expressions } from './expressions/index.ts';
import type { Lanes } from './lanes.ts';

type Memory = Extract<Source, { readonly kind: 'memory' }>;

/** The members' code at one position: each value is computed once and kept in a variable where it is needed again. */
export class Emission {
  readonly #lanes: Lanes;
  readonly #members: ReadonlyMap<string, Member>;
  readonly #shared: ReadonlySet<string>;
  readonly #load: (source: Memory) => void;
  readonly #kept = new Map<string, Local>();

  constructor(lanes: Lanes, cluster: Cluster, load: (source: Memory) => void) {
    this.#lanes = lanes;
    this.#members = new Map(cluster.members.map((member) => [member.node.id, member]));
    this.#shared = sharedIn(cluster);
    this.#load = load;
  }

  /** Pushes a member's value; of a sum, what is added up. */
  member(id: string): void {
    this.#once(id, () => {
      const { node, sources } = this.#members.get(id)!;
      const expression = expressions.get(node.op);
      if (expression === undefined) {
        // Sums and repeated values: their one operand is the value.
        this.#source(Object.values(sources)[0]!);
        return;
      }
      const operands = expression.inputs.map((name) => sources[name]!);
      for (const operand of operands) this.#source(operand);
      expression.emit(this.#lanes, {
        from: this.#dtypeOf(operands[0]!),
        to: node.type.dtype,
        attributes: node.attributes,
        uniform: operands.map((operand) => (operand.kind === 'uniform' ? operand.value : undefined)),
      });
    });
  }

  #source(source: Source): void {
    if (source.kind === 'member') this.member(source.id);
    else if (source.kind === 'uniform') this.#lanes.uniform(source.dtype, source.value);
    else this.#once(keyOf(source), () => this.#load(source));
  }

  #once(key: string, push: () => void): void {
    const kept = this.#kept.get(key);
    if (kept !== undefined) {
      this.#lanes.get(kept);
      return;
    }
    push();
    if (!this.#shared.has(key)) return;
    const local = this.#lanes.keep();
    this.#kept.set(key, local);
    this.#lanes.get(local);
  }

  #dtypeOf(source: Source): DType {
    if (source.kind === 'member') return this.#members.get(source.id)!.node.type.dtype;
    return source.kind === 'uniform' ? source.dtype : source.type.dtype;
  }
}

const keyOf = ({ id, axes }: Memory): string => `${id}:${axes}`;

/** Values that are pushed more than once. */
function sharedIn({ members, dense, sums }: Cluster): Set<string> {
  const seen = new Set<string>();
  const shared = new Set<string>();
  const use = (key: string): void => void (seen.has(key) ? shared : seen).add(key);
  for (const { sources } of members)
    for (const source of Object.values(sources))
      if (source.kind === 'member') use(source.id);
      else if (source.kind === 'memory') use(keyOf(source));
  for (const id of [...dense, ...sums]) use(id);
  return shared;
}
