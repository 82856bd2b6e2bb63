import type { NdArray } from '../../graph/nd-array.ts';
import type { ClassMap } from './class-map.ts';

/** One image and what each of its pixels is. */
export interface Sample {
  /** Unique within the set; file stem for folders. */
  readonly name: string;
  /** `f32[channels, height, width]`, in [0, 1] for images from files. */
  readonly image: NdArray;
  /** `i32[height, width]`, class ids from 0 to classes − 1. */
  readonly mask: NdArray;
}

/** Image/mask pairs that share channels and classes; sizes may differ. */
export interface Dataset {
  /** What it is, in words, for logs. */
  readonly name: string;
  readonly channels: 1 | 3;
  readonly classes: number;
  readonly classNames: readonly string[];
  readonly classMap: ClassMap;
  readonly samples: readonly Sample[];
}
