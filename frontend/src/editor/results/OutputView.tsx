import { Button, Menu } from "@mantine/core";
import { IconChevronDown, IconDeviceFloppy, IconDownload } from "@tabler/icons-react";
import { artifactDownloadUrl, type TableFormat } from "../../api/artifacts";
import type { PortType } from "../../api/types";
import { BundleFiles } from "../../screens/datasets/BundleFiles";
import { TableView } from "../../ui/table/TableView";
import { saveAsDataset } from "../canvas/saveAsDataset";
import { DeviceView } from "./DeviceView";
import { FactsView } from "./FactsView";
import classes from "./OutputView.module.css";

interface Props {
  artifact: string;
  type: PortType;
  label: string;
}

/** An output, drawn by its type. */
export function OutputView({ artifact, type, label }: Props) {
  switch (type) {
    case "table":
      return <TableView artifactId={artifact} label={label} actions={<TableActions artifact={artifact} />} />;
    case "device":
      return <DeviceView artifact={artifact} label={label} />;
    case "bundle":
      return (
        <div className={classes.view}>
          <div className={classes.bar}>
            <Save artifact={artifact} />
            <DownloadLink artifact={artifact} />
          </div>
          <BundleFiles artifact={artifact} />
        </div>
      );
    default:
      return (
        <div className={classes.view}>
          <div className={classes.bar}>
            <DownloadLink artifact={artifact} />
          </div>
          <FactsView artifact={artifact} />
        </div>
      );
  }
}

const FORMATS: Record<TableFormat, string> = {
  csv: "CSV",
  "csv-guarded": "CSV, formulas made harmless",
  xlsx: "Excel workbook",
  parquet: "Parquet",
  arrow: "Arrow",
  jsonl: "JSON lines",
};

function TableActions({ artifact }: { artifact: string }) {
  return (
    <>
      <Save artifact={artifact} />
      <Menu position="bottom-end">
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
          {Object.entries(FORMATS).map(([format, name]) => (
            <Menu.Item
              key={format}
              component="a"
              href={artifactDownloadUrl(artifact, format as TableFormat)}
              download
            >
              {name}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </>
  );
}

const Save = ({ artifact }: { artifact: string }) => (
  <Button
    size="compact-sm"
    variant="default"
    leftSection={<IconDeviceFloppy size={14} />}
    onClick={() => saveAsDataset(artifact)}
  >
    Save as dataset
  </Button>
);

const DownloadLink = ({ artifact }: { artifact: string }) => (
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
