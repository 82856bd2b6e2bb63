import { type Shape, stridesOf } from '../graph/shape.ts';

export type Region = 'corner' | 'edge' | 'interior';

/** Where an element lies on the last two axes: rules for borders go wrong elsewhere than those for the inside. */
export function regionOf(i: number, shape: Shape): Region {
  const strides = stridesOf(shape);
  let borders = 0;
  for (let axis = Math.max(0, shape.length - 2); axis < shape.length; axis++) {
    const size = shape[axis]!;
    const at = Math.floor(i / strides[axis]!) % size;
    // One element alone is no border.
    if (size > 1 && (at === 0 || at === size - 1)) borders++;
  }
  return borders === 2 ? 'corner' : borders === 1 ? 'edge' : 'interior';
}

/** `corner 4 of 4, edge 0 of 6, interior 0 of 2`. */
export function tellRegions(wrong: readonly boolean[], shape: Shape): string {
  const counts = new Map<Region, [wrong: number, all: number]>();
  for (const [i, isWrong] of wrong.entries()) {
    const count = counts.get(regionOf(i, shape)) ?? [0, 0];
    counts.set(regionOf(i, shape), [count[0] + Number(isWrong), count[1] + 1]);
  }
  const order: readonly Region[] = ['corner', 'edge', 'interior'];
  return order
    .flatMap((region) => {
      const count = counts.get(region);
      return count === undefined ? [] : [`${region} ${count[0]} of ${count[1]}`];
    })
    .join(', ');
}
