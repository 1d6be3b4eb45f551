import { useQuery } from "@tanstack/react-query";
import { usedPairsQuery } from "../../api/modules";
import { NODE_HEIGHT, NODE_WIDTH, snapped } from "../../graph/place";
import { findNode, findPort, outputType } from "../../graph/read";
import type { ModuleSpec, Position } from "../../graph/types";
import { useCatalog, type LibraryCatalog } from "../store/catalog";
import { addModule } from "../commands/addModule";
import { Chooser, type Choice } from "../commands/Chooser";
import { closeOverlay, type Overlay } from "../window/overlays";
import { byPair } from "../window/followers";
import { byUse, useLiked } from "../window/liked";
import { useEditor } from "../store/store";
import { useWithDocs } from "../../ui/docs/useWithDocs";
import { moduleLook } from "../flow/moduleLook";

type Props = Extract<Overlay, { kind: "quick-add" }>;

/** Adding a module where the pointer is; after a wire was let go, only those whose ports it fits. */
export function QuickAdd({ screen, at, from }: Props) {
  const catalog = useCatalog();
  const draft = useEditor((state) => state.draft);
  const wanted = from ? wantedType(catalog, draft, from) : undefined;

  const fitting = (module: ModuleSpec) => {
    if (!from) return undefined;
    const ports = from.side === "output" ? module.inputs : module.outputs;
    return ports.find((port) => wanted === null || port.type === wanted);
  };
  const { data: everybody = {} } = useQuery(usedPairsQuery());
  const habits = { ...useLiked(), everybody };
  const offered = useWithDocs(catalog.offered, true).filter((module) => !from || fitting(module));
  const beside = from && findNode(draft, from.end.node)?.module;
  const modules =
    from && beside !== undefined
      ? byPair(offered, beside, from.side, habits)
      : byUse(offered, (module) => module.slug, habits.uses);
  const datasets =
    from?.side === "output"
      ? []
      : catalog.datasets.filter((one) => one.latest && (!from || one.kind === wanted));
  const choices: Choice[] = [
    ...modules.map((module) => ({
      id: module.slug,
      label: module.name,
      detail: module.category,
      icon: icon(module),
      words: (module.synonyms ?? []).join(" "),
      help: `${module.summary} ${module.docs}`,
      unavailable: module.unavailable ?? undefined,
    })),
    ...datasets.map((dataset) => ({
      id: `dataset:${dataset.name}`,
      label: dataset.name,
      detail: "Dataset",
      icon: icon(catalog.module(catalog.reference(dataset.name).module)),
    })),
  ];

  const choose = (id: string) => {
    closeOverlay();
    const dataset = id.startsWith("dataset:") ? id.slice("dataset:".length) : null;
    const placed = dataset === null ? { module: id } : catalog.reference(dataset);
    const module = catalog.module(placed.module);
    const port = module && fitting(module);
    addModule({
      ...placed,
      ...(at ? { position: placeAt(at, from?.side) } : {}),
      ...(from && port ? { wire: { ...from, port: port.name } } : { toSelected: true }),
    });
  };

  return (
    <Chooser
      label={from ? "Add a module to this wire" : "Add a module"}
      placeholder="Search modules and datasets"
      choices={choices}
      empty="No module or dataset matches."
      at={screen}
      onChoose={choose}
      onClose={closeOverlay}
    />
  );
}

const icon = (module: ModuleSpec | undefined) => {
  const { Icon, group } = moduleLook(module?.slug ?? "", module);
  return <Icon size={16} stroke={1.75} className="tinted" data-group={group} />;
};

function wantedType(
  catalog: LibraryCatalog,
  draft: Parameters<typeof findNode>[0],
  from: NonNullable<Props["from"]>,
) {
  const node = findNode(draft, from.end.node);
  const module = node && catalog.module(node.module);
  if (from.side === "input") return findPort(module?.inputs, from.end.port)?.type ?? null;
  const port = findPort(module?.outputs, from.end.port);
  return node && port ? outputType(catalog, node, port) : null;
}

/** The port that is wired comes to lie near the point, not the corner of the node. */
function placeAt(at: Position, side: "input" | "output" | undefined) {
  const y = side === "output" ? at.y : side === "input" ? at.y - NODE_HEIGHT : at.y - NODE_HEIGHT / 2;
  return { x: snapped(at.x - NODE_WIDTH / 2), y: snapped(y) };
}
