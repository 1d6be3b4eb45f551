/** A small experiment and the modules in it, for tests of the graph's rules. */

import {
  FORMAT,
  type Catalog,
  type ExperimentFile,
  type ModuleSpec,
  type ParamSpec,
  type PortType,
} from "../graph/types";

/** A module with nothing but what is given. */
export const moduleSpec = (given: Partial<ModuleSpec> & { slug: string }): ModuleSpec => ({
  name: given.slug, category: "", summary: "", docs: "", synonyms: [], unavailable: null, not_yet: "", foretells: false,
  has_line: false, version: 1, fits: null, reference: null, network: null, inputs: [], outputs: [], params: [], ...given,
}); // prettier-ignore

/** A param with nothing but what is given. */
export const paramSpec = (given: Partial<ParamSpec> & Pick<ParamSpec, "name" | "type">): ParamSpec => ({
  label: given.name, default: "", required: false, help: "", not_yet: "", ...given,
}); // prettier-ignore

const module = (
  slug: string,
  inputs: string[],
  outputs: string[],
  params: ModuleSpec["params"] = [],
  reference: string | null = null,
): ModuleSpec => {
  const ports = (list: string[]) =>
    list.map((text) => {
      const [name = "", type = ""] = text.split(":");
      return { name, label: name, type: type.replace("?", "") as PortType, optional: type.endsWith("?") };
    });
  return moduleSpec({ slug, inputs: ports(inputs), outputs: ports(outputs), params, reference });
};
const modules = [
  module(
    "dataset",
    [],
    ["dataset:table"],
    [paramSpec({ name: "dataset", label: "Dataset", type: "dataset", required: true })],
    "dataset",
  ),
  module("split", ["in:table"], ["left:table", "right:table"]),
  module("join", ["a:table", "b:table"], ["out:table"]),
  module("python", ["one:table?", "zip:bundle?"], ["out:table", "device:device"]),
];
export const catalog: Catalog = {
  module: (slug) => modules.find((m) => m.slug === slug),
  datasetKind: (name) => ({ pima: "table", hello: "bundle" })[String(name)],
};
export const place = { x: 0, y: 0 };
export const file: ExperimentFile = {
  format: FORMAT,
  name: "Test",
  nodes: [
    { id: "n1", module: "dataset", params: { dataset: "pima" }, position: place },
    { id: "n2", module: "split", params: {}, position: place },
    { id: "n3", module: "join", params: {}, position: place },
    { id: "n4", module: "python", params: {}, position: place },
  ],
  wires: [
    { from: "n1.dataset", to: "n2.in" },
    { from: "n2.left", to: "n3.a" },
    { from: "n2.right", to: "n3.b" },
  ],
  tags: ["kept"],
};
