/** What went wrong, in parts: the text is a rendering of these. */
export interface Fault {
  /** `where/what`, the anchor in docs/errors.md. */
  readonly code: string;
  /** One line: what is wrong. */
  readonly summary: string;
  /** Further lines: sizes, values, places. */
  readonly details?: readonly string[];
  /** One imperative sentence: how to mend it. */
  readonly fix: string;
}

/** Any wrong input: says what, where and how to mend it. Every error that cotangent throws on purpose is one. */
export class CotangentError extends Error implements Fault {
  override readonly name: string = 'CotangentError';
  readonly code: string;
  readonly summary: string;
  readonly details: readonly string[];
  readonly fix: string;

  constructor(fault: Fault, options?: ErrorOptions) {
    super(render(fault), options);
    this.code = fault.code;
    this.summary = fault.summary;
    this.details = fault.details ?? [];
    this.fix = fault.fix;
  }
}

/** A graph that cannot be: raised while building, parsing or checking one. */
export class GraphError extends CotangentError {
  override readonly name: string = 'GraphError';
  /** The operator at fault, where there is one. */
  readonly op: string | undefined;

  constructor(fault: Fault, op?: string, options?: ErrorOptions) {
    super(fault, options);
    this.op = op;
  }
}

function render({ code, summary, details = [], fix }: Fault): string {
  const lines = [`${code}: ${summary}`, ...details.map((line) => `  ${line}`)];
  lines.push(`  Fix: ${fix}   (docs/errors.md#${code.replaceAll('/', '-')})`);
  return lines.join('\n');
}

/** Refuses inputs from inside an operator's inference; the builder adds the operands and where they were made. */
export function fail(code: string, summary: string, fix: string, ...details: readonly string[]): never {
  throw new CotangentError({ code, summary, details, fix });
}
