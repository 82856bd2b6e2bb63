import { psRoiAlign, psRoiPool, roiAlign, roiPool } from '../../../src/ops/index.ts';
import { type Edge, edge, floats } from './edge.ts';

const row = (...values: number[]) => ({ x: floats([1, 1, 1, values.length], values) });
const square = { x: floats([1, 1, 3, 3]) };
const boxes = (...rows: number[][]) => ({ boxes: floats([rows.length, 5], rows.flat()) });
const one = { x: floats([1, 1, 1, 1], [4]) };

/** Regions of interest. */
export const regionEdges: readonly Edge[] = [
  edge(
    'roiPool',
    'no boxes',
    { ...square, boxes: floats([0, 5]) },
    (t) => roiPool(t.x!, t.boxes!, { outputSize: 1 }),
    'f64[0,1,1,1]{}; d_x {all 0}; d_boxes {}',
  ),
  edge(
    'roiPool',
    'a box of one element',
    { ...square, ...boxes([0, 1, 1, 1, 1]) },
    (t) => roiPool(t.x!, t.boxes!, { outputSize: 1 }),
    'f64[1,1,1,1]{5}; d_x {0, 0, 0, 0, 1, 0, 0, 0, 0}; d_boxes {0, 0, 0, 0, 0}',
  ),
  edge(
    'roiPool',
    'halves: away from zero',
    { ...square, ...boxes([0, 0.5, 0.5, 1.5, 1.5]) },
    (t) => roiPool(t.x!, t.boxes!, { outputSize: 1 }),
    'f64[1,1,1,1]{9}; d_x {0, 0, 0, 0, 0, 0, 0, 0, 1}; d_boxes {0, 0, 0, 0, 0}',
  ),
  edge(
    'roiPool',
    'a box outside: empty bins are 0',
    { ...square, ...boxes([0, 5, 5, 7, 7]) },
    (t) => roiPool(t.x!, t.boxes!, { outputSize: 1 }),
    'f64[1,1,1,1]{0}; d_x {all 0}; d_boxes {0, 0, 0, 0, 0}',
  ),
  edge(
    'roiPool',
    'more bins than elements: elements are read twice',
    { ...row(1, 2), ...boxes([0, 0, 0, 1, 0]) },
    (t) => roiPool(t.x!, t.boxes!, { outputSize: [1, 3] }),
    'f64[1,1,1,3]{1, 2, 2}; d_x {1, 5}; d_boxes {0, 0, 0, 0, 0}',
  ),
  edge(
    'roiPool',
    'one box twice',
    { ...row(1, 2), ...boxes([0, 0, 0, 1, 0], [0, 0, 0, 1, 0]) },
    (t) => roiPool(t.x!, t.boxes!, { outputSize: 1 }),
    'f64[2,1,1,1]{2, 2}; d_x {0, 3}; d_boxes {all 0}',
  ),
  edge(
    'roiPool',
    'an image that is not there',
    { ...square, ...boxes([1, 0, 0, 1, 1]) },
    (t) => roiPool(t.x!, t.boxes!, { outputSize: 1 }),
    'refused: value/range',
  ),
  edge(
    'roiAlign',
    'samples exactly at −1: the border is read',
    { ...square, ...boxes([0, -2, -2, 0, 0]) },
    (t) => roiAlign(t.x!, t.boxes!, { outputSize: 1, samplingRatio: 1 }),
    'f64[1,1,1,1]{1}; d_x {1, 0, 0, 0, 0, 0, 0, 0, 0}; d_boxes {0, 0, 0, 0, 0}',
  ),
  edge(
    'roiAlign',
    'samples exactly at the size',
    { ...square, ...boxes([0, 2, 2, 4, 4]) },
    (t) => roiAlign(t.x!, t.boxes!, { outputSize: 1, samplingRatio: 1 }),
    'f64[1,1,1,1]{9}; d_x {0, 0, 0, 0, 0, 0, 0, 0, 1}; d_boxes {0, 0, 0, 0, 0}',
  ),
  edge(
    'roiAlign',
    'beyond: 0, without gradient',
    { ...square, ...boxes([0, 3, 3, 5, 5]) },
    (t) => roiAlign(t.x!, t.boxes!, { outputSize: 1, samplingRatio: 1 }),
    'f64[1,1,1,1]{0}; d_x {all 0}; d_boxes {0, 0, 0, 0, 0}',
  ),
  edge(
    'roiAlign',
    'samples exactly at elements: the right derivative',
    { ...square, ...boxes([0, 0, 0, 2, 2]) },
    (t) => roiAlign(t.x!, t.boxes!, { outputSize: 1, samplingRatio: 1 }),
    'f64[1,1,1,1]{5}; d_x {0, 0, 0, 0, 1, 0, 0, 0, 0}; d_boxes {0, 0.5, 1.5, 0.5, 1.5}',
  ),
  edge(
    'roiAlign, max',
    'equal samples: the first',
    { x: floats([1, 1, 1, 1], [4]), ...boxes([0, 0, 0, 1, 1]) },
    (t) => roiAlign(t.x!, t.boxes!, { outputSize: 1, samplingRatio: 2, mode: 'max' }),
    'f64[1,1,1,1]{4}; d_x {1}; d_boxes {0, 0, 0, 0, 0}',
  ),
  edge(
    'roiAlign',
    'a box without extent counts as 1 × 1',
    { ...square, ...boxes([0, 1, 1, 1, 1]) },
    (t) => roiAlign(t.x!, t.boxes!, { outputSize: 1, samplingRatio: 1 }),
    'f64[1,1,1,1]{7}; d_x {0, 0, 0, 0, 0.25, 0.25, 0, 0.25, 0.25}; d_boxes {0, 1, 3, 0, 0}',
  ),
  edge(
    'roiAlign, aligned',
    'a box without extent',
    { ...square, ...boxes([0, 1.5, 1.5, 1.5, 1.5]) },
    (t) => roiAlign(t.x!, t.boxes!, { outputSize: 1, samplingRatio: 1, aligned: true }),
    'f64[1,1,1,1]{5}; d_x {0, 0, 0, 0, 1, 0, 0, 0, 0}; d_boxes {0, 0.5, 1.5, 0.5, 1.5}',
  ),
  edge(
    'roiAlign',
    'no boxes',
    { ...square, boxes: floats([0, 5]) },
    (t) => roiAlign(t.x!, t.boxes!, { outputSize: 1, samplingRatio: 1 }),
    'f64[0,1,1,1]{}; d_x {all 0}; d_boxes {}',
  ),
  edge(
    'psRoiPool',
    'a box outside',
    { ...square, ...boxes([0, 5, 5, 7, 7]) },
    (t) => psRoiPool(t.x!, t.boxes!, { outputSize: 1 }),
    'f64[1,1,1,1]{0}; d_x {all 0}; d_boxes {0, 0, 0, 0, 0}',
  ),
  edge(
    'psRoiAlign',
    'one element',
    { ...one, ...boxes([0, 0, 0, 1, 1]) },
    (t) => psRoiAlign(t.x!, t.boxes!, { outputSize: 1, samplingRatio: 1 }),
    'f64[1,1,1,1]{4}; d_x {1}; d_boxes {0, 0, 0, 0, 0}',
  ),
];
