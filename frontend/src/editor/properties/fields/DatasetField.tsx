import { Select } from "@mantine/core";
import { plural } from "../../../ui/words";
import { useCatalog } from "../../catalog";
import { DatasetPlace } from "./DatasetPlace";
import type { FieldProps } from "./field";

/** A dataset of the library, by name: its latest version. */
export function DatasetField({ param, value, onChange, error, readOnly }: FieldProps) {
  const { datasets } = useCatalog();
  const current = typeof value === "string" ? value : "";
  const ready = datasets.filter((dataset) => dataset.state === "ready" && dataset.latest);
  const names = ready.map((dataset) => dataset.name);
  const known = !current || names.includes(current);
  const chosen = datasets.find(
    ({ name, version, latest }) => `${name}@${version}` === current || (latest && name === current),
  );
  const facts = chosen?.columns
    ? `${plural(chosen.rows ?? 0, "row")} × ${plural(chosen.columns.length, "column")}`
    : param.help;
  return (
    <>
      <Select
        label={param.label}
        description={facts}
        placeholder="Choose a dataset"
        nothingFoundMessage="No such dataset. Drop a file anywhere to upload it."
        data={known ? names : [current, ...names]}
        value={current || null}
        onChange={(name) => onChange(name ?? "")}
        error={error}
        readOnly={readOnly}
        searchable
        size="xs"
      />
      {chosen ? <DatasetPlace dataset={chosen} /> : null}
    </>
  );
}
