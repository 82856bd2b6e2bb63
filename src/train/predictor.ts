import type { Arrays, Backend, Executable } from '../backends/backend.ts';
import { compile } from '../backends/compile.ts';
import { GraphBuilder } from '../graph/builder.ts';
import { array, type NdArray } from '../graph/nd-array.ts';
import { f32, i32 } from '../graph/type.ts';
import type { Net } from '../nn/index.ts';
import { argmax } from '../ops/index.ts';
import { mirrored } from './data/mirrored.ts';
import { mapValues } from './map-values.ts';
import { tilesOf } from './tiles.ts';

/** Images longer than this are predicted in overlapping tiles of this side, so that memory does not grow with the image. */
const tileSide = 512;
/** How far tiles overlap on each side: pixels nearer to a tile's border than this are taken from its neighbour. */
const tileMargin = 96;

/**
 * Predicts whole images of any size: borders are filled up by mirroring to a multiple of what the net divides by, large images are
 * tiled, and one program is kept per tile size.
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
    this.#parameters = parameters;
    this.#backend = backend;
  }

  /** Predicts with these parameters from now on. */
  update(parameters: Arrays): void {
    this.#parameters = parameters;
    for (const program of this.#programs.values()) this.#fill(program);
  }

  /** The most likely class of each pixel, `i32[height, width]`, of a normalised image `f32[channels, height, width]`. */
  predict(image: NdArray): NdArray {
    const [height, width] = [image.shape[1]!, image.shape[2]!];
    const result = array(i32(height, width));
    for (const rows of tilesOf(height, this.#net.multiple, tileSide, tileMargin))
      for (const columns of tilesOf(width, this.#net.multiple, tileSide, tileMargin)) {
        const tile = cutTile(image, rows.start, columns.start, rows.length, columns.length);
        const { classes } = this.#program(rows.length, columns.length).run({ image: tile });
        for (let y = rows.from; y < rows.to; y++)
          for (let x = columns.from; x < columns.to; x++)
            result.data[y * width + x] = classes!.data[(y - rows.start) * columns.length + x - columns.start]!;
      }
    return result;
  }

  /** Frees all programs. */
  close(): void {
    for (const program of this.#programs.values()) program.close();
    this.#programs.clear();
  }

  #program(height: number, width: number): Executable {
    const key = `${height}x${width}`;
    let program = this.#programs.get(key);
    if (program === undefined) {
      const g = new GraphBuilder();
      const image = g.input('image', f32(1, this.#channels, height, width));
      const parameters = mapValues(this.#net.parameterTypes, (type, name) => g.parameter(name, type));
      const classes = argmax(this.#net.apply(image, parameters), 1);
      program = compile(g.build({ classes }), this.#backend === undefined ? {} : { backend: this.#backend });
      this.#fill(program);
      this.#programs.set(key, program);
    }
    return program;
  }

  #fill(program: Executable): void {
    for (const name in this.#net.parameterTypes) program.write(name, this.#parameters[name]!);
  }
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
