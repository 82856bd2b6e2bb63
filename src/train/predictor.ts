import type { Arrays, Backend, Executable } from '../backends/backend.ts';
import { compile } from '../backends/compile.ts';
import { GraphBuilder } from '../graph/builder.ts';
import { array, type NdArray } from '../graph/nd-array.ts';
import { f32, i32 } from '../graph/type.ts';
import { type Net, withAverages } from '../nn/index.ts';
import { logSoftmax } from '../ops/index.ts';
import { ignoredClass } from './data/class-map.ts';
import { mirrored } from './data/mirrored.ts';
import type { Normalisation } from './data/normalisation.ts';
import { mapValues } from './map-values.ts';
import { marginOf } from './margin-of.ts';
import { type Tile, tilesOf } from './tiles.ts';
import { orientationsOf, type Strides, stridesOf, type Tta } from './tta.ts';

/** How images are predicted. */
export interface PredictorOptions {
  /** Images longer than this are predicted in overlapping tiles of this side, so that memory does not grow with them; 512 unless given. */
  readonly tile?: number | undefined;
  /**
   * How far tiles overlap on each side, in pixels: what is nearer to a tile's border than this is taken from its neighbour. Unless given it
   * is as far as the net looks ({@link marginOf}), but at most 3/8 of a tile.
   */
  readonly margin?: number | undefined;
  /** In how many orientations each tile is predicted; one unless given. */
  readonly tta?: Tta | undefined;
  /** Applied to images while tiles are cut from them; without, images must be normalised already. */
  readonly normalisation?: Normalisation | undefined;
}

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
 *
 * Within a tile's kept part, the result is that of the whole image if the margin exceeds half the net's receptive field. What looks at the
 * whole input (group normalisation, global pooling) sees the tile instead: there tiles change the result a little, everywhere.
 */
export class Predictor {
  readonly #net: Net;
  readonly #channels: number;
  readonly #backend: Backend | undefined;
  readonly #options: PredictorOptions;
  readonly #programs = new Map<string, Executable>();
  #parameters: Arrays;
  #margin: number | undefined;

  constructor(net: Net, channels: number, parameters: Arrays, backend?: Backend, options: PredictorOptions = {}) {
    this.#net = net;
    this.#channels = channels;
    this.#parameters = withAverages(parameters);
    this.#backend = backend;
    this.#options = options;
  }

  /** Predicts with these parameters from now on. */
  update(parameters: Arrays): void {
    this.#parameters = withAverages(parameters);
    for (const program of this.#programs.values()) this.#fill(program);
  }

  /** The most likely class of each pixel, `i32[height, width]`, of an image `f32[channels, height, width]`. */
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
    const several = Math.max(height, width) > (this.#options.tile ?? 512);
    for (const rows of this.#tiles(height, several))
      for (const columns of this.#tiles(width, several)) {
        const scores = this.#tileScores(image, rows, columns);
        const area = rows.length * columns.length;
        for (let y = rows.from; y < rows.to; y++)
          for (let x = columns.from; x < columns.to; x++) {
            const at = (y - rows.start) * columns.length + x - columns.start;
            const i = y * width + x;
            let best = 0;
            for (let k = 1; k * area < scores.length; k++)
              if (scores[k * area + at]! > scores[best * area + at]!) best = k;
            classes.data[i] = best;
            if (truth === undefined || truth.data[i] === ignoredClass) continue;
            surprise -= scores[truth.data[i]! * area + at]!;
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

  /** Covers an axis; how, is the same for all images that need more than one tile. */
  #tiles(size: number, several: boolean): Tile[] {
    const { multiple } = this.#net;
    const { tile = 512, margin } = this.#options;
    if (!several) return tilesOf(size, multiple, tile, 0);
    this.#margin ??= margin ?? Math.min(Math.floor((3 / 8) * tile), marginOf(this.#net, this.#channels));
    // Nets that take any size stride over their input all the same, by 32 at most: tiles must begin where strides do.
    return tilesOf(size, multiple > 1 ? multiple : 32, tile, this.#margin);
  }

  /** Logarithms of the classes' probabilities, `[classes, rows, columns]`. */
  #tileScores(image: NdArray, rows: Tile, columns: Tile): NdArray['data'] {
    const [height, width] = [rows.length, columns.length];
    const orientations = orientationsOf(this.#options.tta ?? 'none');
    const sums: Float32Array[] = [];
    for (const orientation of orientations) {
      const [h, w] = orientation.transpose ? [width, height] : [height, width];
      const strides = stridesOf(orientation, height, width);
      const feed = cutTile(image, rows, columns, [1, this.#channels, h, w], strides, this.#options.normalisation);
      const scores = this.#program(h, w).run({ image: feed }).scores!.data;
      if (orientations.length === 1) return scores;
      addBack(sums, scores, height, width, strides);
    }
    const all = new Float32Array(sums.length * height * width);
    // A sum of probabilities is zero where all are too small for 32 bits.
    sums.forEach((sum, k) => {
      for (let i = 0; i < sum.length; i++)
        all[k * sum.length + i] = Math.log(Math.max(sum[i]! / orientations.length, smallest));
    });
    return all;
  }

  #program(height: number, width: number): Executable {
    const key = `${height}x${width}`;
    let program = this.#programs.get(key);
    if (program === undefined) {
      const g = new GraphBuilder();
      const image = g.input('image', f32(1, this.#channels, height, width));
      const parameters = mapValues(this.#net.parameterTypes, (type, name) => g.parameter(name, type));
      const scores = logSoftmax(this.#net.apply(image, parameters), 1);
      program = compile(g.build({ scores }), this.#backend === undefined ? {} : { backend: this.#backend });
      this.#fill(program);
      this.#programs.set(key, program);
    }
    return program;
  }

  #fill(program: Executable): void {
    for (const name in this.#net.parameterTypes) program.write(name, this.#parameters[name]!);
  }
}

/** The smallest normal number of 32 bits. */
const smallest = 2 ** -126;

/** Adds probabilities to each class's sum, from an orientation back to the plain one. */
function addBack(
  sums: Float32Array[],
  scores: NdArray['data'],
  height: number,
  width: number,
  { start, row, column }: Strides,
): void {
  const area = height * width;
  for (let k = 0; k * area < scores.length; k++) {
    sums[k] ??= new Float32Array(area);
    const sum = sums[k]!;
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) sum[y * width + x]! += Math.exp(scores[k * area + start + y * row + x * column]!);
  }
}

/** The part of an image that a tile covers, mirrored beyond the image's border, oriented, and normalised where asked for. */
function cutTile(
  image: NdArray,
  { start: top, length: height }: Tile,
  { start: left, length: width }: Tile,
  shape: readonly number[],
  { start, row, column }: Strides,
  normalisation: Normalisation | undefined,
): NdArray {
  const [channels, rows, columns] = [image.shape[0]!, image.shape[1]!, image.shape[2]!];
  const tile = array({ dtype: 'f32', shape });
  for (let c = 0; c < channels; c++) {
    const [mean, deviation] = [normalisation?.mean[c] ?? 0, normalisation?.deviation[c] ?? 1];
    for (let y = 0; y < height; y++) {
      const from = (c * rows + mirrored(top + y, rows)) * columns;
      const to = c * height * width + start + y * row;
      for (let x = 0; x < width; x++)
        tile.data[to + x * column] = (image.data[from + mirrored(left + x, columns)]! - mean) / deviation;
    }
  }
  return tile;
}
