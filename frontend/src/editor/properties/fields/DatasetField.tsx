import { widthOf } from "../../../api/datasets";
import { CodeText } from "../../../ui/CodeText";
import { Select } from "@mantine/core";
import { useNodeRun } from "../../run/hooks";
import { plural } from "../../../ui/words";
import { useCatalog } from "../../store/catalog";
import { DatasetPlace } from "./DatasetPlace";
import { DatasetVersion } from "./DatasetVersion";
import { named, nameOf, versionOf } from "./datasetName";
import type { FieldProps } from "./field";

/** A dataset of the library, by name: its latest version, or the one that is said. */
export function DatasetField({ node, param, value, onChange, error, readOnly }: FieldProps) {
  const { datasets } = useCatalog();
  const current = typeof value === "string" ? value : "";
  const name = nameOf(current);
  const ready = datasets.filter((dataset) => dataset.state === "ready" && dataset.latest);
  const names = ready.map((dataset) => dataset.name);
  const latest = datasets.find((dataset) => dataset.latest && dataset.name === name);
  const isLatest = versionOf(current) === null;
  // What the shown run took tells its own size below; two sizes of one dataset would contradict each other.
  const taken = useNodeRun(node)?.dataset;
  const isOther = taken != null && (taken.name !== name || taken.version !== latest?.version);
  const shape =
    isLatest && latest?.columns && !isOther && !readOnly
      ? `${plural(latest.rows ?? 0, "row")} × ${plural(widthOf(latest), "column")}`
      : undefined;
  return (
    <>
      <Select
        label={param.label}
        description={shape}
        placeholder="Choose a dataset"
        nothingFoundMessage="No such dataset. Drop a file anywhere to upload it."
        data={!name || names.includes(name) ? names : [name, ...names]}
        value={name || null}
        onChange={(chosen) => onChange(chosen ?? "")}
        error={error && <CodeText>{error}</CodeText>}
        readOnly={readOnly}
        searchable
        size="xs"
      />
      {name ? (
        <DatasetVersion
          name={name}
          version={versionOf(current)}
          readOnly={readOnly}
          onChange={(version) => onChange(named(name, version))}
        />
      ) : null}
      {isLatest && latest ? <DatasetPlace dataset={latest} /> : null}
    </>
  );
}
