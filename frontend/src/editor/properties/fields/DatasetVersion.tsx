import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { datasetVersionsQuery } from "../../../api/datasets";
import { ago, plural } from "../../../ui/words";
import { DatasetPlace } from "./DatasetPlace";

interface Props {
  name: string;
  /** Null follows the latest. */
  version: number | null;
  readOnly: boolean | undefined;
  onChange: (version: number | null) => void;
}

const LATEST = "latest";

/** Whether a node follows a dataset's latest version or stays at one. */
export function DatasetVersion({ name, version, readOnly, onChange }: Props) {
  const { data: versions = [] } = useQuery(datasetVersionsQuery(name));
  const pinned = versions.find((one) => one.version === version);
  const known = versions.map((one) => ({
    value: String(one.version),
    label: `Stay at version ${one.version}: ${one.rows === null ? "" : `${plural(one.rows, "row")}, `}${ago(one.created)}`,
  }));
  const gone = version !== null && !pinned && versions.length > 0;
  return (
    <>
      <Select
        label="Version"
        mt="xs"
        data={[
          { value: LATEST, label: versions[0] ? `Latest, now ${versions[0].version}` : "Latest" },
          ...(version !== null && !pinned
            ? [{ value: String(version), label: `Stay at version ${version}` }]
            : []),
          ...known,
        ]}
        value={version === null ? LATEST : String(version)}
        onChange={(chosen) => onChange(chosen === LATEST || chosen === null ? null : Number(chosen))}
        allowDeselect={false}
        error={gone ? "This version was deleted." : undefined}
        readOnly={readOnly}
        size="xs"
      />
      {pinned ? <DatasetPlace dataset={pinned} /> : null}
    </>
  );
}
