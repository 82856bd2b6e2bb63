/** What attributes cover, in words: `ceil true`, `stride ≠ 1`, `padding 0`. Numbers of several axes are told apart as alike or not. */
export const attributeWords = (attributes: object): string[] => [
  ...new Set(Object.entries(attributes).flatMap(([name, value]) => wordsOf(name, value))),
];

function wordsOf(name: string, value: unknown): string[] {
  if (typeof value === 'string' || typeof value === 'boolean') return [`${name} ${value}`];
  if (typeof value === 'number') return [`${name} ${sizeWord(value)}`];
  if (typeof value !== 'object' || value === null) return [];
  if (!Array.isArray(value)) return attributeWords(value);
  // Lists of records speak of their fields: the axes of a convolution.
  if (value.some((one) => typeof one === 'object' && !Array.isArray(one))) return value.flatMap(attributeWords);
  const numbers = value.flat(2).filter((one) => typeof one === 'number');
  const words = numbers.map((one) => `${name} ${sizeWord(one)}`);
  return new Set(numbers).size > 1 ? [...words, `${name} differs`] : words;
}

const sizeWord = (value: number): string =>
  value < 0 ? '< 0' : value === 0 || value === 1 ? `${value}` : Number.isInteger(value) ? '> 1' : 'fraction';
