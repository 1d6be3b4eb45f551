import { Button, Menu } from "@mantine/core";
import { IconCheck, IconChevronDown, IconGitCompare, IconHistory, IconVersions } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { datasetVersionsQuery } from "../../api/datasets";
import type { Dataset } from "../../api/types";
import { ago, count } from "../../ui/words";
import { comparePath, type Side } from "../../results/comparePath";
import { openUploadForm } from "./UploadForm";
import { useRestoreDataset } from "./useRestoreDataset";

function facts({ created, rows, state }: Dataset): string {
  if (state !== "ready") return state;
  return rows === null ? ago(created) : `${count(rows)} rows, ${ago(created)}`;
}

/** Earlier ones are compared from their own pages. */
const COMPARED = 5;

const side = ({ artifact, name, version }: Dataset): Side => ({
  artifact: artifact ?? "",
  name: `${name}, version ${version}`,
});

const inOrder = (one: Dataset, other: Dataset): [Side, Side] =>
  one.version < other.version ? [side(one), side(other)] : [side(other), side(one)];

/** The versions of a dataset, newest first; each is a page of its own. */
export function VersionMenu({ dataset }: { dataset: Dataset }) {
  const versions = useQuery(datasetVersionsQuery(dataset.name));
  const all = versions.data ?? [dataset];
  const restore = useRestoreDataset(dataset);
  return (
    <Menu position="bottom-start" width={320}>
      <Menu.Target>
        <Button variant="default" size="compact-sm" rightSection={<IconChevronDown size={14} />}>
          Version {dataset.version}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={360} style={{ overflow: "auto" }}>
        {all.map((version) => (
          <Menu.Item
            key={version.id}
            component={Link}
            to={`/datasets/${version.id}`}
            aria-current={version.id === dataset.id ? "page" : undefined}
            rightSection={version.id === dataset.id ? <IconCheck size={14} /> : null}
          >
            Version {version.version}
            <span style={{ color: "var(--mantine-color-dimmed)" }}> · {facts(version)}</span>
          </Menu.Item>
        ))}
        <Menu.Divider />
        {dataset.artifact && dataset.kind === "table"
          ? all
              .filter(({ id, artifact }) => id !== dataset.id && artifact)
              .slice(0, COMPARED)
              .map((other) => (
                <Menu.Item
                  key={`compare ${other.id}`}
                  component={Link}
                  to={comparePath(...inOrder(dataset, other))}
                  leftSection={<IconGitCompare size={16} />}
                >
                  Compare with version {other.version}
                </Menu.Item>
              ))
          : null}
        {dataset.latest || dataset.state !== "ready" ? null : (
          <Menu.Item leftSection={<IconHistory size={16} />} onClick={() => restore.mutate()}>
            Make this the latest version
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconVersions size={16} />} onClick={() => openUploadForm(all[0] ?? dataset)}>
          Upload new version
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
