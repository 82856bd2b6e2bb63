/** Element types of the case files, under the names that both suites use. */
export const caseDTypes = [
  'float64',
  'float32',
  'float16',
  'int64',
  'int32',
  'int16',
  'int8',
  'uint64',
  'uint32',
  'uint16',
  'uint8',
  'bool',
] as const;

export type CaseDType = (typeof caseDTypes)[number];

/** A tensor as it stands in a case file: row-major; what JSON has no number for is a string ("NaN", "Infinity", "9007199254740993"). */
export interface CaseTensor {
  readonly name?: string | undefined;
  readonly dtype: CaseDType;
  readonly shape: readonly number[];
  readonly data: readonly (number | string)[];
}

export const isFloating = (dtype: CaseDType): boolean => dtype.startsWith('float');
