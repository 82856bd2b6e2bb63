import {
  add,
  equal,
  full,
  gather,
  greater,
  iota,
  maximum,
  minimum,
  mul,
  onesLike,
  reshape,
  scatter,
  select,
  type Tensor,
} from 'cotangent';

/** What becomes of an element that is written to: replaced, or combined with the update. */
export type Combination = 'none' | 'add' | 'mul' | 'min' | 'max';

const combine = { mul, min: minimum, max: maximum };

/** x with updates written at flat positions, one after the other in row-major order. */
export function scatterInto(x: Tensor, at: Tensor, updates: Tensor, how: Combination): Tensor {
  const count = at.shape.reduce((a, b) => a * b, 1);
  const size = x.shape.reduce((a, b) => a * b, 1);
  const positions = reshape(at, [count]);
  const values = reshape(updates, [count]);
  const flat: Tensor = reshape(x, [size]);
  const placed = (t: Tensor): Tensor => scatter({ x: t, at: positions }, { batch: 0, shape: [size] });
  const shaped = (t: Tensor): Tensor => reshape(t, [...x.shape]);
  if (how === 'add') return shaped(add(flat, placed(values)));
  // Duplicates have no meaning here.
  if (how === 'none') return shaped(select(greater(placed(onesLike(values)), 0), placed(values), flat));
  // Each update is a pass of its own, so that duplicates meet one another.
  const places = iota(x.graph, { dtype: 'i32', shape: [size] }, 0);
  let y = flat;
  for (let k = 0; k < count; k++) {
    const one = (t: Tensor): Tensor =>
      gather({ x: t, at: full(x.graph, { dtype: 'i32', shape: [1] }, k) }, { batch: 0 });
    const hit = equal(places, one(positions));
    y = select(hit, combine[how](y, one(values)), y);
  }
  return shaped(y);
}
