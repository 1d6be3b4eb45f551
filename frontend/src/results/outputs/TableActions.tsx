import { Button, Menu, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import {
  IconChevronDown,
  IconDeviceFloppy,
  IconDownload,
  IconGitCompare,
  IconLink,
  IconNotebook,
} from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { artifactDownloadUrl, artifactQuery, type Origin } from "../../api/artifacts";
import { EXPORT_FORMATS } from "../../api/formats.gen";
import { exportModel } from "../models/exportModel";
import { copyText } from "../../ui/copyText";
import { isNarrowed, usePassing, wholeTable, type PassingRows } from "../table/passing";
import { openInNotebook } from "./openInNotebook";
import classes from "./outputs.module.css";
import { saveAsDataset } from "./saveAsDataset";

interface Props {
  artifact: string;
  label: string;
  /** Not for what is a dataset already. */
  save?: boolean;
  /** Tells where it was left, for its lineage. */
  origin?: (() => Origin | undefined) | undefined;
  onCompare?: (() => void) | undefined;
}

/** What can be done with a whole table: kept, downloaded, opened elsewhere, compared. */
export function TableActions({ artifact, label, save = true, origin, onCompare }: Props) {
  const passing = usePassing();
  return (
    <>
      {save ? <SaveButton artifact={artifact} origin={origin} passing={passing} /> : null}
      <Menu position="bottom-end" width={250}>
        <Menu.Target>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconDownload size={14} />}
            rightSection={<IconChevronDown size={12} />}
            title="Download"
          >
            <span className={classes.words}>Download</span>
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {isNarrowed(passing) ? <Menu.Label>{wholeTable(passing)}</Menu.Label> : null}
          <FormatItems artifact={artifact} />
          <Menu.Divider />
          <Menu.Item leftSection={<IconNotebook size={16} />} onClick={() => openInNotebook(artifact, label)}>
            Open in a notebook…
          </Menu.Item>
          <Menu.Item leftSection={<IconLink size={16} />} onClick={() => copyLink(artifact, label)}>
            Copy a link to this table
          </Menu.Item>
          {onCompare ? (
            <Menu.Item leftSection={<IconGitCompare size={16} />} onClick={onCompare}>
              Compare with another table…
            </Menu.Item>
          ) : null}
        </Menu.Dropdown>
      </Menu>
    </>
  );
}

const MOST_SHEET_ROWS = 1_048_575;
const MOST_SHEET_COLUMNS = 16_384;

function FormatItems({ artifact }: { artifact: string }) {
  const { data: table } = useQuery(artifactQuery(artifact));
  const tooLarge = (table?.rows ?? 0) > MOST_SHEET_ROWS || (table?.columns?.length ?? 0) > MOST_SHEET_COLUMNS;
  return EXPORT_FORMATS.map(({ value: format, label: name }) =>
    format === "xlsx" && tooLarge ? (
      <Menu.Item key={format} disabled>
        {name}
        <Text size="xs" c="dimmed">
          Too large: a sheet takes 1,048,575 rows and 16,384 columns.
        </Text>
      </Menu.Item>
    ) : (
      <Menu.Item key={format} component="a" href={artifactDownloadUrl(artifact, format)} download>
        {name}
      </Menu.Item>
    ),
  );
}

/** The page that shows the artifact by itself; artifacts never change, so the link does not either. */
const artifactPath = (artifact: string, label: string): string =>
  `/artifacts/${artifact}?${new URLSearchParams({ name: label }).toString()}`;

function copyLink(artifact: string, label: string) {
  void copyText(window.location.origin + artifactPath(artifact, label)).then(() =>
    notifications.show({ message: "Copied the link." }),
  );
}

export const SaveButton = ({
  artifact,
  origin,
  passing,
}: Pick<Props, "artifact" | "origin"> & { passing?: PassingRows }) => (
  <Button
    size="compact-sm"
    variant="default"
    leftSection={<IconDeviceFloppy size={14} />}
    classNames={{ section: classes.icon ?? "" }}
    title="Save as dataset"
    onClick={() => saveAsDataset(artifact, origin?.(), passing)}
  >
    <span className={classes.words}>Save as dataset</span>
  </Button>
);

/** A model as it is, or as a file for other tools. */
export const ModelDownloads = ({ artifact, trained }: { artifact: string; trained: boolean }) =>
  trained ? (
    <Menu position="bottom-start" width={250}>
      <Menu.Target>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconDownload size={14} />}
          rightSection={<IconChevronDown size={12} />}
        >
          Download
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component="a" href={artifactDownloadUrl(artifact)} download>
          Pickle, for Studio
        </Menu.Item>
        <Menu.Item onClick={() => exportModel(artifact, "skops")}>Export as skops…</Menu.Item>
        <Menu.Item onClick={() => exportModel(artifact, "onnx")}>Export as ONNX…</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  ) : (
    <DownloadLink artifact={artifact} />
  );

export const DownloadLink = ({ artifact }: { artifact: string }) => (
  <Button
    size="compact-sm"
    variant="default"
    component="a"
    href={artifactDownloadUrl(artifact)}
    download
    leftSection={<IconDownload size={14} />}
  >
    Download
  </Button>
);
