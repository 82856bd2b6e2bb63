import type { Judge } from './judges.ts';
import type { Fate, Mistake, MutantKind } from './mutant.ts';

/** What is changed: a rule, in one of its ways, or the values that an operator computes. */
export type Changed = MutantKind | 'value' | 'value of an input' | 'value attribute';

/** Where a mistake is: in a rule, in what a rule does at a declared kink, or in a kernel. */
export type MutantPlace = 'rule' | 'kink' | 'forward';

/** A mutant as the ledger knows it. */
export interface MutantEntry {
  readonly of: MutantPlace;
  readonly kind: Changed;
  readonly mistake: Mistake;
  /** Operator, input, change, case. */
  readonly name: string;
  /** The node and the attribute that are changed, with the case: what changes nothing is explained by its like. */
  readonly node?: string;
  readonly attribute?: string;
}

/** What became of a mutant. */
export interface MutantRecord extends MutantEntry {
  readonly fate: Fate;
  /** The judges that noticed it. */
  readonly killedBy: readonly string[];
  /** Of mutants that change nothing: why, as far as can be told. */
  readonly why?: string;
}

/** One attempt at a mutant: who noticed it, and whether it gave what the right one gives. */
export interface Attempt {
  readonly killedBy: readonly string[];
  readonly same: boolean;
  why?(): string | undefined;
}

interface Line {
  readonly entry: MutantEntry;
  readonly killedBy: Set<string>;
  refused: boolean;
  /** In how many draws it was tried that tell it from the right one. */
  differed: number;
  why: string | undefined;
}

/** In so many draws that tell a mutant from the right one, all judges are asked about it; then only ours, while none has noticed. */
const draws = 8;

/** Keeps what has become of every mutant; each is tried until all judges have noticed it, or have been asked often enough. */
export class Ledger {
  readonly #judges: readonly Judge[];
  readonly #own: ReadonlySet<string>;
  readonly #lines = new Map<string, Line>();

  constructor(judges: readonly Judge[]) {
    this.#judges = judges;
    this.#own = new Set(judges.filter(({ own }) => own).map(({ name }) => name));
  }

  /** Tries a mutant where that can tell something new; `attempt` gives undefined for what is refused. */
  try(entry: MutantEntry, attempt: (open: ReadonlySet<string>) => Attempt | undefined): void {
    const id = `${entry.kind} ${entry.name}`;
    const line = this.#lines.get(id) ?? { entry, killedBy: new Set(), refused: false, differed: 0, why: undefined };
    this.#lines.set(id, line);
    const isOver = line.differed >= draws;
    const open = new Set(
      this.#judges.filter(({ name, own }) => !line.killedBy.has(name) && (own || !isOver)).map(({ name }) => name),
    );
    if (line.refused || open.size === 0 || (isOver && this.#isKilled(line))) return;
    const tried = attempt(open);
    if (tried === undefined) {
      line.refused = !this.#isKilled(line);
      return;
    }
    for (const name of tried.killedBy) line.killedBy.add(name);
    if (!tried.same) line.differed++;
    else if (!this.#isKilled(line)) line.why ??= tried.why?.();
  }

  records(): MutantRecord[] {
    const lines = [...this.#lines.values()];
    const told = lines.filter((line) => ['killed', 'survived'].includes(this.#fateOf(line)));
    const moved = {
      nodes: new Set(told.filter(({ entry }) => entry.kind === 'node').map(({ entry }) => entry.node)),
      attributes: new Set(told.map(({ entry }) => entry.attribute)),
      elsewhere: new Set(told.map(({ entry }) => anywhere(entry))),
    };
    return lines.map((line) => {
      const { entry } = line;
      const fate = this.#fateOf(line);
      const killedBy = [...line.killedBy];
      if (fate !== 'equivalent') return { ...entry, fate, killedBy };
      return { ...entry, fate, killedBy, why: reasonOf(line, moved) };
    });
  }

  #isKilled = ({ killedBy }: Line): boolean => [...killedBy].some((name) => this.#own.has(name));

  #fateOf(line: Line): Fate {
    if (line.refused) return 'refused';
    if (this.#isKilled(line)) return 'killed';
    return line.differed > 0 ? 'survived' : 'equivalent';
  }
}

/** What moved something: nodes and attributes in one case, changes in any. */
interface Moved {
  readonly nodes: ReadonlySet<string | undefined>;
  readonly attributes: ReadonlySet<string | undefined>;
  readonly elsewhere: ReadonlySet<string>;
}

const anywhere = ({ name }: MutantEntry): string => name.replace(/, (case|kink) \d+$/, '');

function reasonOf({ entry, why }: Line, { nodes, attributes, elsewhere }: Moved): string {
  if (why !== undefined) return why;
  if (entry.node !== undefined && !nodes.has(entry.node)) return 'nothing that counts in this case reads the node';
  if (entry.attribute !== undefined && !attributes.has(entry.attribute))
    return 'no other value of the attribute changes anything in this case';
  if (elsewhere.has(anywhere(entry))) return 'it changes nothing in this geometry, and is noticed in others';
  return 'the same bits wherever it was tried';
}
