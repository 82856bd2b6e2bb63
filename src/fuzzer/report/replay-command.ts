interface Asked {
  readonly order: number;
  readonly target?: string | undefined;
}

/** The command that repeats one failure. */
export const replayCommand = (id: string, { order, target }: Asked): string =>
  [
    `cotangent fuzz --replay ${quote(id)}`,
    ...(target === undefined ? [] : [`--target ${quote(target)}`]),
    ...(order === 1 ? [] : [`--order ${order}`]),
  ].join(' ');

const quote = (word: string): string =>
  /^[\w@:.+=/-]+$/.test(word) ? word : `"${word.replace(/(["\\$`])/g, '\\$1')}"`;
