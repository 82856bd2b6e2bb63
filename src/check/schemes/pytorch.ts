import { array, type NdArray } from '../../graph/nd-array.ts';
import type { Type } from '../../graph/type.ts';
import { dot } from '../compare.ts';
import { Random } from '../random.ts';
import { type Point, type Pullback, rowOf, type Scheme } from './scheme.ts';
import { twoPoint } from './two-point.ts';

const eps = 1e-6;
const atol = 1e-5;
const rtol = 1e-3;

/** `torch.allclose`, in which NaN is close to nothing. */
const isClose = (claimed: number, numeric: number, most = atol): boolean =>
  Math.abs(claimed - numeric) <= most + rtol * Math.abs(numeric);

/** The gradient of no cotangent has to be zero: `gradcheck` asks for that first. */
const keepsZero = (pull: Pullback, y: Type): boolean => pull(array(y)).data.every((x) => x === 0);

/**
 * As `torch.autograd.gradcheck` does by default: every entry of the Jacobian from two points 10⁻⁶ on either side, close
 * within 10⁻⁵ + 10⁻³·|numeric|.
 */
export const pytorchSlow: Scheme = {
  name: 'PyTorch slow',
  measure: (point) => {
    const columns = Array.from(point.at.data, (_, i) => twoPoint(point, unit(point.at, i), eps));
    const y = columns[0]!;
    return (pull) =>
      keepsZero(pull, y) &&
      Array.from(y.data).every((_, k) => {
        const { data } = rowOf(pull, array(y), k);
        return columns.every((column, i) => isClose(data[i]!, column.data[k]!));
      });
  },
};

/**
 * As its `fast_mode` does: one number uᵀJv for one direction and one cotangent, both of length 1 and without negative
 * numbers; 10⁻⁵ becomes 10⁻⁵·Σu·Σv.
 */
export const pytorchFast: Scheme = {
  name: 'PyTorch fast',
  measure: (point: Point) => {
    const v = uniform(point.at, 'v');
    const moved = twoPoint(point, v, eps);
    const u = uniform(moved, 'u');
    const numeric = dot(u, moved);
    const most = atol * total(u) * total(v);
    return (pull) => keepsZero(pull, moved) && isClose(dot(v, pull(u)), numeric, most);
  },
};

function unit(type: Type, i: number): NdArray {
  const alone = array(type);
  alone.data[i] = 1;
  return alone;
}

/** Drawn from [0, 1) and divided by its length. */
function uniform(type: Type, label: string): NdArray {
  const random = new Random(0, 'pytorch', label);
  const drawn = array(type);
  for (let i = 0; i < drawn.data.length; i++) drawn.data[i] = random.integer(i, 0, 2 ** 24 - 1) / 2 ** 24;
  const length = Math.sqrt(dot(drawn, drawn));
  return array(
    type,
    Array.from(drawn.data, (x) => x / length),
  );
}

const total = ({ data }: NdArray): number => Array.from(data).reduce((sum, x) => sum + x, 0);
