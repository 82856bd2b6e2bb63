/** TSDoc as Markdown: links become code, error codes lead to their explanation, what is thrown stands apart. */
export function proseOf(doc: string): { readonly text: string; readonly errors: string } {
  const [text = '', ...thrown] = doc.split(/^@throws /m);
  return {
    text: linked(text.replace(/^@\w+.*$/gms, '')).trim(),
    errors: thrown.map((each) => linked(each.replace(/\s+/g, ' ')).trim()).join(' '),
  };
}

const linked = (text: string): string =>
  text.replace(/\{@link (\w+)\}/g, '`$1`').replace(/`([a-z][\w-]*)\/([\w-]+)`/g, '[`$1/$2`](errors.md#$1-$2)');

/** The numbers of the checklist that a text names, as `operators.md 34–36, 40`. */
export function numbersIn(text: string): number[] {
  const flat = text.replace(/\s+/g, ' ');
  return [...flat.matchAll(/operators\.md (\d+(?:(?:[–-]|, (?:and )?| and )\d+)*)/g)].flatMap((match) =>
    match[1]!.split(/, (?:and )?| and /).flatMap((part) => {
      const [from, to = from] = part.split(/[–-]/).map(Number);
      return Array.from({ length: to! - from! + 1 }, (_, i) => from! + i);
    }),
  );
}
