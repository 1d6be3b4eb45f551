import { Button } from "@mantine/core";
import { useMemo } from "react";
import { resetParam, setParam } from "../../graph/edits";
import { findNode, paramValue } from "../../graph/read";
import type { ExperimentFile, GraphNode, ModuleSpec, ParamSpec } from "../../graph/types";
import { plural } from "../../ui/words";
import { useCatalog } from "../store/catalog";
import { perform } from "../commands/command";
import { deleteCommand, duplicateCommand } from "../commands/editing";
import { frameCommand } from "../commands/marking";
import { runToHereCommand } from "../commands/running";
import { edit } from "../store/edit";
import { useReadOnly, useShownGraph } from "../store/store";
import { ParamField } from "./fields/ParamField";
import { isChanged, sharedParams, shownParams } from "./formRules";
import { FilteredParams } from "./ParamFilter";
import classes from "./PropertiesPanel.module.css";
import { ResetParam } from "./ResetParam";

/** Several nodes: their params at once where they are of one module, and what can be done with all of them. */
export function SeveralProperties({ ids }: { ids: ReadonlySet<string> }) {
  const readOnly = useReadOnly();
  const graph = useShownGraph();
  const catalog = useCatalog();
  const nodes = useMemo(() => [...ids].flatMap((id) => findNode(graph, id) ?? []), [ids, graph]);
  const slugs = new Set(nodes.map((node) => node.module));
  const module = slugs.size === 1 ? catalog.module(nodes[0]?.module ?? "") : undefined;
  return (
    <>
      <section className={classes.section} aria-label="Several nodes">
        <h2 className={classes.title}>
          {plural(nodes.length, "node")} selected{module ? `: ${module.name}` : ""}
        </h2>
        {module ? (
          <SharedForm nodes={nodes} module={module} />
        ) : (
          <p className={classes.text}>
            Nodes of one module can have their parameters set together. These are of {slugs.size} modules; all
            of them together can be:
          </p>
        )}
        {readOnly ? null : (
          <div className={classes.actions}>
            {[runToHereCommand, frameCommand, duplicateCommand, deleteCommand].map((command) => (
              <Button key={command.id} size="xs" variant="default" onClick={() => perform(command)}>
                {typeof command.label === "string" ? command.label : command.label()}
              </Button>
            ))}
          </div>
        )}
      </section>
    </>
  );
}

function SharedForm({ nodes, module }: { nodes: GraphNode[]; module: ModuleSpec }) {
  const shown = sharedParams(nodes.map((node) => shownParams(module, node)));
  const changed = (param: ParamSpec) => nodes.some((node) => isChanged(node, module, param));
  return (
    <FilteredParams params={shown} isChanged={changed}>
      {(param) => <SharedParam key={param.name} nodes={nodes} module={module} param={param} />}
    </FilteredParams>
  );
}

function SharedParam({ nodes, module, param }: { nodes: GraphNode[]; module: ModuleSpec; param: ParamSpec }) {
  const readOnly = useReadOnly();
  const values = nodes.map((node) => paramValue(node, module, param.name));
  const kinds = new Set(values.map((value) => JSON.stringify(value))).size;
  const first = nodes[0];
  if (!first) return null;
  const ofAll = (change: (file: ExperimentFile, id: string) => ExperimentFile) => (file: ExperimentFile) =>
    nodes.reduce((done, node) => change(done, node.id), file);
  const set = (value: unknown) =>
    edit(
      `Change ${param.label} of ${plural(nodes.length, "node")}`,
      ofAll((file, id) => setParam(file, id, param.name, value, module)),
      { burst: `params:${nodes.map(({ id }) => id).join()}.${param.name}` },
    );
  return (
    <div className={classes.param} data-param={param.name} data-type={param.type}>
      {nodes.some((node) => isChanged(node, module, param)) && !readOnly ? (
        <ResetParam
          param={param}
          onReset={() =>
            edit(
              `Reset ${param.label} of ${plural(nodes.length, "node")}`,
              ofAll((file, id) => resetParam(file, id, param.name, module)),
            )
          }
        />
      ) : null}
      {kinds > 1 && param.type === "code" ? (
        <p className={classes.text}>
          {param.label}: {kinds} different scripts. Select one node to edit its own.
        </p>
      ) : (
        <ParamField
          node={first.id}
          param={kinds > 1 ? { ...param, placeholder: `${kinds} different values` } : param}
          value={kinds > 1 ? undefined : values[0]}
          onChange={set}
          error={null}
          errorLine={null}
          readOnly={readOnly}
        />
      )}
      {kinds > 1 && param.type !== "code" ? (
        <p className={classes.differs}>{kinds} different values. A new one is set for all.</p>
      ) : null}
    </div>
  );
}
