import type * as FastCheck from 'fast-check';
import type { Tensor } from '../../graph/tensor.ts';
import type { ExternalInput } from './external.ts';

/** One geometry of a foreign operator. Plain data: with its seed it tells all that is drawn. */
export interface ForeignCase<A extends object = object> {
  readonly inputs: { readonly [name: string]: ExternalInput };
  readonly attributes: A;
  readonly seed: number;
  /** Whether the point is drawn on kinks: see `ExternalCheck.kink`. */
  readonly kink?: boolean;
  readonly condition?: number;
  /** What it covers, in words: `pad same`. */
  readonly covers?: readonly string[];
}

/** An operator of a library, or one side of it: what has a fault of its own is better looked for alone. */
export interface ForeignOperator<A extends object = object> {
  /** The family: `avgPool ceil`. Stable, for failures are kept under it. */
  readonly name: string;
  cases(fc: typeof FastCheck): FastCheck.Arbitrary<ForeignCase<A>>;
  /** The same in cotangent. */
  reference?(inputs: { readonly [name: string]: Tensor }, attributes: A): Tensor;
}

/** A case without its seed. */
export type Geometry<A extends object> = Omit<ForeignCase<A>, 'seed'>;

/** Cases of drawn geometries. */
export const seeded = <A extends object>(
  fc: typeof FastCheck,
  geometries: FastCheck.Arbitrary<Geometry<A>>,
): FastCheck.Arbitrary<ForeignCase<A>> =>
  fc.tuple(geometries, fc.nat(0xffff)).map(([geometry, seed]) => ({ ...geometry, seed }));

/** An f32 input. */
export const f32 = (shape: readonly number[], rest: Omit<ExternalInput, 'type'> = {}): ExternalInput => ({
  type: { dtype: 'f32', shape },
  ...rest,
});

export const f64 = (shape: readonly number[], rest: Omit<ExternalInput, 'type'> = {}): ExternalInput => ({
  type: { dtype: 'f64', shape },
  ...rest,
});
