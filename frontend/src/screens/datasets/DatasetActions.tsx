import { Menu } from "@mantine/core";
import {
  IconDots,
  IconDownload,
  IconFileDescription,
  IconPencil,
  IconTrash,
  IconVersions,
} from "@tabler/icons-react";
import { datasetDownloadUrl } from "../../api/datasets";
import type { Dataset } from "../../api/types";
import { IconButton } from "../../ui/IconButton";
import { ShelfItems } from "../shelf/ShelfItems";
import { openDescribe } from "./DescribeForm";
import { openUploadForm } from "./UploadForm";
import { useDeleteDataset } from "./useDeleteDataset";

interface Props {
  dataset: Dataset;
  onRename: () => void;
  onDeleted?: () => void;
}

/** What can be done with a dataset without opening it. */
export function DatasetActions({ dataset, onRename, onDeleted }: Props) {
  const askToDelete = useDeleteDataset(dataset, onDeleted);
  return (
    <Menu position="bottom-end" width={200}>
      <Menu.Target>
        <IconButton label={`Actions for ${dataset.name}`}>
          <IconDots size={16} />
        </IconButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPencil size={16} stroke={1.75} />} onClick={onRename}>
          Rename
        </Menu.Item>
        <ShelfItems kind="datasets" item={dataset} />
        <Menu.Item
          leftSection={<IconFileDescription size={16} stroke={1.75} />}
          onClick={() => openDescribe(dataset)}
        >
          Describe
        </Menu.Item>
        <Menu.Item
          leftSection={<IconVersions size={16} stroke={1.75} />}
          onClick={() => openUploadForm(dataset)}
        >
          Upload new version
        </Menu.Item>
        <Menu.Item
          component="a"
          href={datasetDownloadUrl(dataset.id)}
          download
          leftSection={<IconDownload size={16} stroke={1.75} />}
        >
          Download
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item color="red" leftSection={<IconTrash size={16} stroke={1.75} />} onClick={askToDelete}>
          Delete
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
