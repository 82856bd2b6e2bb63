import type { NdArray } from '../../../graph/nd-array.ts';
import type { Random } from '../../random.ts';
import { drawScene } from '../shapes/draw-scene.ts';
import { shapeKinds } from '../shapes/figure.ts';
import { ladderFigures } from './ladder.ts';
import { drawTexture, textureKinds } from './texture.ts';
import { drawThin } from './thin.ts';
import { torusFigures } from './torus.ts';

/** A kind of generated scene. */
export interface Scene {
  readonly summary: string;
  /** Names of as many classes as there can be, the background first. */
  readonly classNames: readonly string[];
  /** How many classes unless told otherwise. */
  readonly classes: number;
  /** One image `f32[channels, size, size]` in 0 … 1 and its exact mask `i32[size, size]`. */
  readonly draw: (draw: Random, size: number, classes: number) => { readonly image: NdArray; readonly mask: NdArray };
}

export const sceneNames = ['shapes', 'thin', 'texture', 'ladder', 'torus'] as const;
export type SceneName = (typeof sceneNames)[number];

const shapes = ['background', ...shapeKinds];

/** The scenes that can be generated, by name. */
export const scenes: { readonly [name in SceneName]: Scene } = {
  shapes: {
    summary: 'shapes that hide parts of each other; classes differ in shape',
    classNames: shapes,
    classes: 4,
    draw: drawScene,
  },
  thin: {
    summary: 'curves of 1 to 3 pixels; with more than two classes, one per width',
    classNames: ['background', 'curve 1', 'curve 2', 'curve 3'],
    classes: 2,
    draw: drawThin,
  },
  texture: {
    summary: 'regions of equal brightness and contrast; classes differ in texture',
    classNames: textureKinds,
    classes: 4,
    draw: drawTexture,
  },
  ladder: {
    summary: 'the same shapes at sizes an octave apart; classes differ in shape',
    classNames: shapes,
    classes: 3,
    draw: (draw, size, classes) => drawScene(draw, size, classes, { figures: ladderFigures, wraps: false }),
  },
  torus: {
    summary: 'shapes on a torus, which leave on one side and come in on the other',
    classNames: shapes,
    classes: 3,
    draw: (draw, size, classes) => drawScene(draw, size, classes, { figures: torusFigures, wraps: true }),
  },
};
