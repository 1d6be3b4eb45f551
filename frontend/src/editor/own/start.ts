/** What the dialog about an own module begins with, and what it does at the end. */

import { redefine } from "../../graph/own/change";
import { definitionOf, type Definition } from "../../graph/own/definition";
import { freshId } from "../../graph/edits";
import { makeOne, pieceOf } from "../../graph/own/make";
import { localIn, offeredPorts, portsOfOwn, type OfferedPorts } from "../../graph/own/ports";
import { offeredParams } from "../../graph/own/params";
import { findNode, nodeName } from "../../graph/read";
import type { GraphNode, ParamSpec } from "../../graph/types";
import type { ScriptShape } from "../../api/types";
import { keepInPalette } from "../commands/ownModules";
import type { LibraryCatalog } from "../store/catalog";
import { edit } from "../store/edit";
import { select } from "../store/selection";
import { useEditor } from "../store/store";
import type { Overlay } from "../window/overlays";

export type Asked = Extract<Overlay, { kind: "own-module" }>;

export interface OfferedParams {
  node: GraphNode;
  params: ParamSpec[];
}

export interface Start {
  title: string;
  verb: string;
  own: Definition;
  ports: OfferedPorts;
  params: OfferedParams[];
  /** The params that are seen at first, as `paramKey` writes them. */
  chosen: string[];
  /** The id of a node inside, as the definition calls it. */
  local(id: string): string;
  done(own: Definition): void;
}

const NO_PARAMS: readonly ParamSpec[] = [];

export const paramKey = (node: string, param: string): string => `${node} ${param}`;

export const startOf = (asked: Asked, catalog: LibraryCatalog): Start | null =>
  "make" in asked ? making(asked, catalog) : changing(asked.change, catalog);

/** A script's own ports are those that its function takes and gives. */
function bySignature(ports: OfferedPorts, shape: ScriptShape | undefined): OfferedPorts {
  if (!shape) return ports;
  let tables = shape.takes.length;
  return {
    inputs: ports.inputs.map(({ port, isSeen }) => {
      const isTaken = port.type === "table" ? tables-- > 0 : port.type === "model" && shape.model;
      return { port, isSeen: isSeen || isTaken };
    }),
    outputs: ports.outputs.map(({ port, isSeen }) => ({
      port,
      isSeen: shape.gives.includes(port.name) || (isSeen && port.type === "device"),
    })),
  };
}

function making({ make, keep }: Extract<Asked, { make: string[] }>, catalog: LibraryCatalog): Start {
  const { draft, declared, signatures } = useEditor.getState();
  const ids = new Set(make);
  const nodes = draft.nodes.filter(({ id }) => ids.has(id));
  const [only] = nodes;
  const isOne = nodes.length === 1 && only !== undefined;
  const ports = offeredPorts(draft, catalog, ids);
  const local = localIn(draft);
  const own = nodes.flatMap(({ id }) =>
    (declared[id] ?? NO_PARAMS).map(({ name }) => paramKey(local(id), name)),
  );
  return {
    title: keep ? "Save as module" : "Make one node of these",
    verb: keep ? "Save to the palette" : "Make one node",
    own: { ...pieceOf(draft, catalog, ids), name: isOne ? nodeName(catalog, only) : "" },
    ports: keep && isOne ? bySignature(ports, signatures[only.id]) : ports,
    params: offeredParams(catalog, nodes, (id) => declared[id] ?? NO_PARAMS),
    chosen: keep ? own : [],
    local,
    done: (made) => {
      const id = freshId(draft, useEditor.getState().usedIds);
      edit(`Make one node, “${made.name}”`, (file) => makeOne(file, ids, id, made));
      select([id]);
      if (keep) void keepInPalette(id);
    },
  };
}

function changing(id: string, catalog: LibraryCatalog): Start | null {
  const { draft, declared } = useEditor.getState();
  const node = findNode(draft, id);
  const own = node && definitionOf(draft, node);
  if (!own) return null;
  return {
    title: "Name, ports and parameters",
    verb: "Change",
    own,
    ports: portsOfOwn(own, catalog),
    params: offeredParams(catalog, own.nodes, (inner) => declared[`${id}.${inner}`] ?? NO_PARAMS),
    chosen: own.params.map((param) => paramKey(param.node, param.param)),
    local: (inner) => inner,
    done: (now) => edit(`Change ${now.name}`, (file) => redefine(file, id, now)),
  };
}
