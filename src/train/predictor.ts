import type { Arrays, Backend, Executable } from '../backends/backend.ts';
import { compile } from '../backends/compile.ts';
import { GraphBuilder } from '../graph/builder.ts';
import { array, type NdArray } from '../graph/nd-array.ts';
import type { Tensor } from '../graph/tensor.ts';
import { f32, i32 } from '../graph/type.ts';
import { type Net, withAverages } from '../nn/index.ts';
import { argmax, crossEntropy } from '../ops/index.ts';
import { ignoredClass } from './data/class-map.ts';
import { mirrored } from './data/mirrored.ts';
import { mapValues } from './map-values.ts';
import { tilesOf } from './tiles.ts';

/** Images longer than this are predicted in overlapping tiles of this side, so that memory does not grow with the image. */
const tileSide = 512;
/** How far tiles overlap on each side: pixels nearer to a tile's border than this are taken from its neighbour. */
const tileMargin = 96;

/** A prediction, and what it says of the truth. */
export interface Scored {
  /** The most likely class of each pixel, `i32[height, width]`. */
  readonly classes: NdArray;
  /** The sum of −ln p of the true class. */
  readonly surprise: number;
  /** How many pixels that is summed over. */
  readonly pixels: number;
}

/**
 * Predicts whole images of any size: borders are filled up by mirroring to a multiple of what the net divides by, large images are
 * tiled, and one program is kept per tile size. Where the parameters come with averages, it predicts with these.
 */
export class Predictor {
  readonly #net: Net;
  readonly #channels: number;
  readonly #backend: Backend | undefined;
  readonly #programs = new Map<string, Executable>();
  #parameters: Arrays;

  constructor(net: Net, channels: number, parameters: Arrays, backend?: Backend) {
    this.#net = net;
    this.#channels = channels;
    this.#parameters = withAverages(parameters);
    this.#backend = backend;
  }

  /** Predicts with these parameters from now on. */
  update(parameters: Arrays): void {
    this.#parameters = withAverages(parameters);
    for (const program of this.#programs.values()) this.#fill(program);
  }

  /** The most likely class of each pixel, `i32[height, width]`, of a normalised image `f32[channels, height, width]`. */
  predict(image: NdArray): NdArray {
    return this.score(image).classes;
  }

  /**
   * As {@link predict}, and how surprising the true classes `i32[height, width]` are: the sum of −ln p of the true class over all pixels
   * that have one, and how many these are.
   */
  score(image: NdArray, truth?: NdArray): Scored {
    const [height, width] = [image.shape[1]!, image.shape[2]!];
    const classes = array(i32(height, width));
    let [surprise, pixels] = [0, 0];
    for (const rows of tilesOf(height, this.#net.multiple, tileSide, tileMargin))
      for (const columns of tilesOf(width, this.#net.multiple, tileSide, tileMargin)) {
        const [h, w] = [rows.length, columns.length];
        const feeds = { image: cutTile(image, rows.start, columns.start, h, w) };
        const found =
          truth === undefined
            ? this.#program(h, w, false).run(feeds)
            : this.#program(h, w, true).run({ ...feeds, truth: cutTruth(truth, rows.start, columns.start, h, w) });
        for (let y = rows.from; y < rows.to; y++)
          for (let x = columns.from; x < columns.to; x++) {
            const at = (y - rows.start) * w + x - columns.start;
            classes.data[y * width + x] = found.classes!.data[at]!;
            if (truth === undefined || truth.data[y * width + x] === ignoredClass) continue;
            surprise += found.surprise!.data[at]!;
            pixels += 1;
          }
      }
    return { classes, surprise, pixels };
  }

  /** Frees all programs. */
  close(): void {
    for (const program of this.#programs.values()) program.close();
    this.#programs.clear();
  }

  #program(height: number, width: number, scores: boolean): Executable {
    const key = `${height}x${width}${scores ? ' with truth' : ''}`;
    let program = this.#programs.get(key);
    if (program === undefined) {
      const g = new GraphBuilder();
      const image = g.input('image', f32(1, this.#channels, height, width));
      const parameters = mapValues(this.#net.parameterTypes, (type, name) => g.parameter(name, type));
      const logits = this.#net.apply(image, parameters);
      const classes = argmax(logits, 1);
      const outputs = scores ? { classes, surprise: surpriseOf(logits, height, width) } : { classes };
      program = compile(g.build(outputs), this.#backend === undefined ? {} : { backend: this.#backend });
      this.#fill(program);
      this.#programs.set(key, program);
    }
    return program;
  }

  #fill(program: Executable): void {
    for (const name in this.#net.parameterTypes) program.write(name, this.#parameters[name]!);
  }
}

/** −ln p of the true class of each pixel; 0 where there is none. */
function surpriseOf(logits: Tensor, height: number, width: number): Tensor {
  const truth = logits.graph.input('truth', i32(1, height, width));
  return crossEntropy(logits, truth, { ignoreIndex: ignoredClass, reduction: 'none' });
}

/** A part of a mask; beyond its border there is no class. */
function cutTruth(mask: NdArray, top: number, left: number, height: number, width: number): NdArray {
  const [rows, columns] = [mask.shape[0]!, mask.shape[1]!];
  const tile = array(i32(1, height, width));
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const isInside = top + y < rows && left + x < columns;
      tile.data[y * width + x] = isInside ? mask.data[(top + y) * columns + left + x]! : ignoredClass;
    }
  return tile;
}

function cutTile(image: NdArray, top: number, left: number, height: number, width: number): NdArray {
  const [channels, rows, columns] = [image.shape[0]!, image.shape[1]!, image.shape[2]!];
  const tile = array(f32(1, channels, height, width));
  let at = 0;
  for (let c = 0; c < channels; c++)
    for (let y = 0; y < height; y++) {
      const row = (c * rows + mirrored(top + y, rows)) * columns;
      for (let x = 0; x < width; x++) tile.data[at++] = image.data[row + mirrored(left + x, columns)]!;
    }
  return tile;
}
