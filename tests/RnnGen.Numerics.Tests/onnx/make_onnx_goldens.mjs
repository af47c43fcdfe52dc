// The half of make_onnx_goldens.py that runs the models with ONNX Runtime; that script calls it:
//
//     node make_onnx_goldens.mjs WORK
//
// WORK holds node_modules with onnxruntime-node, inputs.json and a model for each of its entries;
// outputs.json is written there.

import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

const work = resolve(process.argv[2]);
const require = createRequire(join(work, "package.json"));
const { InferenceSession, Tensor, env } = require("onnxruntime-node");

const arrays = { float32: Float32Array, int32: Int32Array };
const outputs = {};
for (const [name, inputs] of Object.entries(JSON.parse(readFileSync(join(work, "inputs.json"), "utf8")))) {
  const session = await InferenceSession.create(join(work, `${name}.onnx`), {
    executionProviders: ["cpu"],
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
  });
  const feeds = {};
  for (const [input, { type, dims, data }] of Object.entries(inputs)) {
    feeds[input] = new Tensor(type, arrays[type].from(data), dims);
  }
  outputs[name] = {};
  for (const [output, { dims, data }] of Object.entries(await session.run(feeds))) {
    outputs[name][output] = { dims, data: Array.from(data) };
  }
  await session.release();
}

writeFileSync(join(work, "outputs.json"), JSON.stringify({ version: env.versions.node ?? env.versions.common, outputs }));
