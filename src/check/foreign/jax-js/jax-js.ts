/** An array of jax-js, as far as it is used here. Functions use their arguments up. */
export interface JaxArray {
  readonly shape: readonly number[];
  reshape(shape: readonly number[]): JaxArray;
  data(): Promise<ArrayLike<number>>;
}

/** jax-js, as far as it is used here; operators are called by their names. */
export interface JaxJs {
  init(...devices: string[]): Promise<readonly string[]>;
  defaultDevice(device: string): unknown;
  readonly numpy: { array(values: ArrayLike<number>): JaxArray };
  readonly lax: object;
  readonly nn: object;
  vjp(
    f: (...inputs: JaxArray[]) => JaxArray,
    inputs: readonly JaxArray[],
  ): readonly [JaxArray, (ct: JaxArray) => readonly JaxArray[]];
}
