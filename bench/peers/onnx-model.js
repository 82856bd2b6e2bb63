/** ONNX models written by hand: nodes appended one by one, then encoded as protocol buffers. */

const utf8 = new TextEncoder();

function varint(value) {
  const bytes = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  do {
    const low = Number(rest & 127n);
    rest >>= 7n;
    bytes.push(rest === 0n ? low : low | 128);
  } while (rest !== 0n);
  return bytes;
}

/** A field: whole numbers as varints, texts, bytes and messages with their length before them. */
function field(number, value) {
  if (typeof value === 'number' || typeof value === 'bigint')
    return Buffer.from([...varint(number << 3), ...varint(value)]);
  const bytes = typeof value === 'string' ? utf8.encode(value) : value;
  return Buffer.concat([Buffer.from([...varint((number << 3) | 2), ...varint(bytes.length)]), bytes]);
}

const message = (...fields) => Buffer.concat(fields.flat());

const floatType = 1;
const integerType = 7;

function attribute(name, value) {
  if (typeof value === 'string') return message(field(1, name), field(4, value), field(20, 3));
  if (Array.isArray(value)) return message(field(1, name), ...value.map((v) => field(8, v)), field(20, 7));
  return message(field(1, name), field(3, value), field(20, 2));
}

const declared = (name, shape) =>
  message(
    field(1, name),
    field(
      2,
      message(
        field(
          1,
          message(
            field(1, floatType),
            ...(shape ? [field(2, message(...shape.map((d) => field(1, message(field(1, d))))))] : []),
          ),
        ),
      ),
    ),
  );

/** Collects nodes; values are known by their names. */
export class OnnxModel {
  #nodes = [];
  #constants = [];
  #inputs = [];
  #outputs = [];
  #count = 0;

  input(name, shape) {
    this.#inputs.push(declared(name, shape));
    return name;
  }

  /** Adds a node and gives the names of its results: one, or as many as asked for. */
  node(op, inputs, attributes = {}, results = 1) {
    const names = Array.from({ length: results }, () => `v${this.#count++}`);
    const fields = [
      ...inputs.map((name) => field(1, name)),
      ...names.map((name) => field(2, name)),
      field(4, op),
      ...Object.entries(attributes).map(([name, value]) => field(5, attribute(name, value))),
    ];
    this.#nodes.push(message(fields));
    return results === 1 ? names[0] : names;
  }

  /** Float32 numbers, of a shape or a single one. */
  constant(values, shape = []) {
    return this.#keep(new Uint8Array(Float32Array.from([values].flat()).buffer), floatType, shape);
  }

  /** Whole numbers: shapes and axes. */
  integers(values) {
    return this.#keep(new Uint8Array(BigInt64Array.from(values.map(BigInt)).buffer), integerType, [values.length]);
  }

  output(name, value) {
    this.#nodes.push(message(field(1, value), field(2, name), field(4, 'Identity')));
    this.#outputs.push(declared(name));
  }

  encode() {
    const graph = message(
      ...this.#nodes.map((node) => field(1, node)),
      field(2, 'bench'),
      ...this.#constants.map((constant) => field(5, constant)),
      ...this.#inputs.map((input) => field(11, input)),
      ...this.#outputs.map((output) => field(12, output)),
    );
    const opset = message(field(1, ''), field(2, 17));
    return new Uint8Array(message(field(1, 8), field(7, graph), field(8, opset)));
  }

  #keep(bytes, type, shape) {
    const name = `c${this.#count++}`;
    this.#constants.push(message(...shape.map((d) => field(1, d)), field(2, type), field(8, name), field(9, bytes)));
    return name;
  }
}
