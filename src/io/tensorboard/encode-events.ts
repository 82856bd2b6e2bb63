import { BinaryWriter } from '@bufbuild/protobuf/wire';
import { tfRecord } from './tf-record.ts';

/** A picture as TensorBoard shows it. */
export interface EventImage {
  readonly width: number;
  readonly height: number;
  readonly png: Uint8Array;
}

/** What is known at a moment: numbers and pictures by their tags, such as `train/loss`. */
export interface Event {
  /** Seconds since 1970. */
  readonly time: number;
  readonly step: number;
  readonly scalars?: { readonly [tag: string]: number };
  readonly images?: { readonly [tag: string]: EventImage };
}

/**
 * The bytes of a TensorBoard event file: one TFRecord per event, each a message `tensorflow.Event`. Numbers of fields are those of
 * tensorflow/tensorflow, core/util/event.proto and core/framework/summary.proto. Numbers are kept as float32, as TensorBoard does.
 */
export function encodeEvents(events: readonly Event[]): Uint8Array {
  const begin = new BinaryWriter().tag(1, 1).double(events[0]?.time ?? 0);
  const records = [begin.tag(3, 2).string('brain.Event:2').finish(), ...events.map(message)].map(tfRecord);
  const file = new Uint8Array(records.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const record of records) {
    file.set(record, at);
    at += record.length;
  }
  return file;
}

function message({ time, step, scalars = {}, images = {} }: Event): Uint8Array {
  const event = new BinaryWriter().tag(1, 1).double(time).tag(2, 0).int64(step);
  const summary = event.tag(5, 2).fork();
  for (const [tag, value] of Object.entries(scalars))
    summary.tag(1, 2).fork().tag(1, 2).string(tag).tag(2, 5).float(value).join();
  for (const [tag, { width, height, png }] of Object.entries(images)) {
    const image = summary.tag(1, 2).fork().tag(1, 2).string(tag).tag(4, 2).fork();
    image.tag(1, 0).int32(height).tag(2, 0).int32(width).tag(3, 0).int32(rgb).tag(4, 2).bytes(png).join().join();
  }
  return summary.join().finish();
}

/** Of `Summary.Image.colorspace`. */
const rgb = 3;
