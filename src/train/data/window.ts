import { type Random, randomInteger } from '../random.ts';
import type { Augmentation, Elasticity } from './augment.ts';

/**
 * A square window of a sample and what is done to it: a plain record, so that JSON of it gives the same pixels again. Rows and columns may
 * lie outside the image: they are read mirrored at its border. The content is warped first, then mirrored, then turned; then the image's
 * tone is changed.
 */
export interface Window {
  readonly top: number;
  readonly left: number;
  readonly size: number;
  readonly flipRows: boolean;
  readonly flipColumns: boolean;
  /** Quarter turns anticlockwise, 0 to 3. */
  readonly turns: number;
  readonly warp?: Warp;
  readonly tone?: Tone;
}

/** A movement of the plane about the window's middle. */
export interface Warp {
  /** Degrees anticlockwise. */
  readonly rotation: number;
  /** Above 1 things grow. */
  readonly scale: number;
  readonly elastic?: Elasticity & { readonly seed: number };
}

/** A change of an image's values: gamma, contrast, brightness and noise, in this order. */
export interface Tone {
  readonly brightness: number;
  readonly contrast: number;
  readonly gamma: number;
  /** Standard deviation. */
  readonly noise: number;
  /** Of the noise. */
  readonly seed: number;
}

/** A random window inside the image; an image smaller than `size` is centred in it, the rest mirrored. */
export function randomWindow(
  draw: Random,
  height: number,
  width: number,
  size: number,
  { flip, turn }: Pick<Augmentation, 'flip' | 'turn'>,
): Window {
  // Five draws whatever the options are, so that a change of one leaves the others' results alone.
  const [top, left, rows, columns, quarters] = [
    offset(draw, height, size),
    offset(draw, width, size),
    draw.uniform() < 0.5,
    draw.uniform() < 0.5,
    randomInteger(draw, 4),
  ];
  return {
    top,
    left,
    size,
    flipRows: rows && (flip === 'vertical' || flip === 'both'),
    flipColumns: columns && (flip === 'horizontal' || flip === 'both'),
    turns: turn === 'quarter' ? quarters : 0,
  };
}

/** The window, moved, warped and with its tone changed at random, as far as the augmentation asks for it. */
export function varyWindow(window: Window, draw: Random, augmentation: Augmentation): Window {
  const { rotate = 0, scale = [1, 1], shift = 0, elastic } = augmentation;
  const { brightness = 0, contrast = 0, gamma = 1, noise = 0 } = augmentation;
  // Here, too, the same draws whatever the options are.
  const [turned, grown, down, right, bent] = [swing(draw), draw.uniform(), swing(draw), swing(draw), seed(draw)];
  const [lit, contrasted, bowed, noisy, grain] = [swing(draw), swing(draw), swing(draw), draw.uniform(), seed(draw)];
  const warps = rotate !== 0 || scale[0] !== 1 || scale[1] !== 1 || elastic !== undefined;
  const tones = brightness !== 0 || contrast !== 0 || gamma !== 1 || noise !== 0;
  return {
    ...window,
    top: window.top + Math.round(shift * down),
    left: window.left + Math.round(shift * right),
    ...(warps && {
      warp: {
        rotation: rotate * turned,
        scale: scale[0] * (scale[1] / scale[0]) ** grown,
        ...(elastic !== undefined && { elastic: { ...elastic, seed: bent } }),
      },
    }),
    ...(tones && {
      tone: {
        brightness: brightness * lit,
        contrast: 1 + contrast * contrasted,
        gamma: gamma ** bowed,
        noise: noise * noisy,
        seed: grain,
      },
    }),
  };
}

const offset = (draw: Random, have: number, want: number): number => {
  const spare = have - want;
  const drawn = randomInteger(draw, Math.max(1, spare + 1));
  return spare >= 0 ? drawn : Math.ceil(spare / 2);
};

/** Evenly in [−1, 1). */
const swing = (draw: Random): number => 2 * draw.uniform() - 1;

const seed = (draw: Random): number => randomInteger(draw, 2 ** 32);
