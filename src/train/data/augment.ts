/** Along which axes samples are mirrored, each with probability one half. */
export const flips = ['none', 'horizontal', 'vertical', 'both'] as const;
export type Flip = (typeof flips)[number];

/** By how much samples are turned: not at all, or by 0, 1, 2 or 3 quarter turns, each with probability one quarter. */
export const turns = ['none', 'quarter'] as const;
export type Turn = (typeof turns)[number];

/**
 * How windows are drawn. What is left away does not happen. Everything of the plane moves image and mask alike; brightness, contrast,
 * gamma and noise change the image alone, whose values are taken to lie in [0, 1] (before normalisation).
 */
export interface Augmentation {
  readonly flip: Flip;
  readonly turn: Turn;
  /** Turned by any angle between minus and plus so many degrees. */
  readonly rotate?: number | undefined;
  /** Enlarged by a factor between these two, drawn evenly on a logarithmic scale. */
  readonly scale?: readonly [number, number] | undefined;
  /** Moved along each axis by up to so many pixels, also beyond the image's border, where it is mirrored. */
  readonly shift?: number | undefined;
  readonly elastic?: Elasticity | undefined;
  /** Something between minus and plus so much is added. */
  readonly brightness?: number | undefined;
  /** Differences from the window's mean are multiplied by 1 − c to 1 + c. */
  readonly contrast?: number | undefined;
  /** Raised to a power between 1/g and g, drawn evenly on a logarithmic scale. */
  readonly gamma?: number | undefined;
  /** Normal noise of a standard deviation between 0 and so much. */
  readonly noise?: number | undefined;
}

/**
 * A smooth random displacement: normal displacements on a lattice, between them the uniform cubic B-spline. The field of the U-Net paper
 * (Ronneberger et al. 2015, section 3.1: random displacements on a coarse grid, bicubic between) with a spline that is smooth to second
 * order and does not overshoot.
 */
export interface Elasticity {
  /** Standard deviation of the displacement along each axis, in pixels. Up to an eighth of the spacing, folds hardly occur. */
  readonly amplitude: number;
  /** Distance of the lattice's points, in pixels. */
  readonly spacing: number;
}
