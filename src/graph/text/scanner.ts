import { deepestAttribute, isReservedKey } from '../attributes.ts';
import { GraphError } from '../error.ts';
import { bareName } from './names.ts';

const space = /[ \t]*/y;
const number = /-?(?:Infinity|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|NaN/y;
const keyword = /true|false|null/y;
const whole = /\d+/y;
const nodeId = /n(?:0|[1-9]\d*)(?!\w)/y;

/** Reads one line of the text form from left to right; every refusal names line and column. */
export class Scanner {
  /** Counted from 1. */
  readonly line: number;
  readonly #text: string;
  #at = 0;

  constructor(text: string, line: number) {
    this.#text = text;
    this.line = line;
  }

  atEnd(): boolean {
    this.#match(space);
    return this.#at === this.#text.length;
  }

  /** Whether the next token begins so; reads nothing. */
  sees(token: string): boolean {
    this.#match(space);
    return this.#text.startsWith(token, this.#at);
  }

  take(token: string): boolean {
    if (!this.sees(token)) return false;
    this.#at += token.length;
    return true;
  }

  expect(token: string): void {
    if (!this.take(token)) this.#expected(`'${token}'`);
  }

  expectEnd(): void {
    if (!this.atEnd()) this.#expected('the end of the line');
  }

  /** A bare word. */
  word(what: string): string {
    this.#match(space);
    return this.#match(bareName) ?? this.#expected(what);
  }

  /** A bare word or a string. */
  name(what: string): string {
    const name = this.sees('"') ? this.string() : this.word(what);
    if (isReservedKey(name)) this.refuse(`'${name}' cannot be a name`, 'choose another name.', name.length);
    return name;
  }

  /** A node id. */
  id(): string {
    this.#match(space);
    return this.#match(nodeId) ?? this.#expected('a node id such as n3');
  }

  dimension(): number {
    this.#match(space);
    const digits = this.#match(whole) ?? this.#expected('a dimension');
    const dimension = Number(digits);
    if (!Number.isSafeInteger(dimension))
      this.refuse(`${digits} is too large for a dimension`, 'use dimensions below 2^53.', digits.length);
    return dimension;
  }

  /** A JSON string. */
  string(): string {
    if (!this.sees('"')) this.#expected('a string in double quotes');
    let end = this.#at + 1;
    while (end < this.#text.length && this.#text[end] !== '"') end += this.#text[end] === '\\' ? 2 : 1;
    const quoted = this.#text.slice(this.#at, end + 1);
    try {
      const text: unknown = JSON.parse(quoted);
      if (typeof text === 'string') {
        this.#at = end + 1;
        return text;
      }
    } catch {
      // Refused below, with the place.
    }
    return this.refuse('this string is broken or not closed', 'write it as JSON does, on one line.');
  }

  /** The rest of the line: a scope. */
  rest(): string {
    if (this.sees('"')) {
      const quoted = this.string();
      this.expectEnd();
      return quoted;
    }
    this.#match(space);
    const rest = this.#text.slice(this.#at).trimEnd();
    this.#at = this.#text.length;
    return rest;
  }

  /** JSON that also knows NaN, Infinity, -Infinity and -0. */
  value(depth = 0): unknown {
    if (depth > deepestAttribute)
      this.refuse(`attributes are nested deeper than ${deepestAttribute} levels`, 'flatten them.');
    if (this.sees('"')) return this.string();
    if (this.take('[')) return this.#array(depth);
    if (this.take('{')) return this.#object(depth);
    const digits = this.#match(number);
    if (digits !== undefined) return Number(digits);
    const word = this.#match(keyword) ?? this.#expected('a value');
    return word === 'null' ? null : word === 'true';
  }

  /** @throws GraphError `parse/syntax` at the current column, or `back` characters before it. */
  refuse(summary: string, fix: string, back = 0): never {
    const column = this.#at - back;
    const from = Math.max(0, column - 50);
    throw new GraphError({
      code: 'parse/syntax',
      summary: `line ${this.line}, column ${column + 1}: ${summary}`,
      details: [this.#text.slice(from, column + 50), `${' '.repeat(column - from)}^`],
      fix,
    });
  }

  #array(depth: number): unknown[] {
    const items: unknown[] = [];
    while (!this.take(']')) {
      if (items.length > 0) this.expect(',');
      items.push(this.value(depth + 1));
    }
    return items;
  }

  #object(depth: number): object {
    const record: { [key: string]: unknown } = {};
    let first = true;
    while (!this.take('}')) {
      if (!first) this.expect(',');
      first = false;
      const key = this.string();
      if (isReservedKey(key)) this.refuse(`'${key}' cannot be a key`, 'choose another name.', key.length + 2);
      if (Object.hasOwn(record, key)) this.refuse(`'${key}' stands here twice`, 'give each key once.', key.length + 2);
      this.expect(':');
      record[key] = this.value(depth + 1);
    }
    return record;
  }

  #expected(what: string): never {
    this.#match(space);
    const found =
      this.#at === this.#text.length ? 'the line ends' : `'${this.#text.slice(this.#at, this.#at + 12)}' stands here`;
    return this.refuse(
      `${what} is expected, ${found}`,
      "compare with what 'print' writes: n2 = add(a: n0, b: n1) : f64[2,3]",
    );
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found === null) return undefined;
    this.#at = pattern.lastIndex;
    return found[0];
  }
}
