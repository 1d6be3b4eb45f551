import { Menu } from "@mantine/core";
import { IconCopy, IconDots, IconFileExport, IconHistory, IconPencil, IconTrash } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "react-router";
import {
  deleteExperiment,
  duplicateExperiment,
  experimentFile,
  experimentQuery,
} from "../../api/experiments";
import type { ExperimentItem } from "../../api/types";
import { confirmLoss } from "../../ui/confirm";
import { downloadText, fileName } from "../../ui/download";
import { IconButton } from "../../ui/IconButton";
import { showProblem } from "../../ui/showProblem";
import { ShelfItems } from "../shelf/ShelfItems";

interface Props {
  item: ExperimentItem;
  onRename: () => void;
}

/** What can be done with an experiment without opening it. */
export function ExperimentActions({ item, onRename }: Props) {
  const queries = useQueryClient();
  const listAgain = () => queries.invalidateQueries({ queryKey: ["experiments"] });
  const duplicate = useMutation({
    mutationFn: () => duplicateExperiment(item.id),
    onSuccess: listAgain,
    onError: (error) => showProblem(`“${item.name}” was not duplicated`, error),
  });
  const exportFile = useMutation({
    mutationFn: () => queries.fetchQuery({ ...experimentQuery(item.id), staleTime: 0 }),
    onSuccess: (experiment) =>
      downloadText(
        `${fileName(experiment.name)}.studio.json`,
        JSON.stringify(experimentFile(experiment), null, 2),
      ),
    onError: (error) => showProblem(`“${item.name}” was not exported`, error),
  });
  const remove = useMutation({
    mutationFn: () => deleteExperiment(item.id),
    onSuccess: listAgain,
    onError: (error) => showProblem(`“${item.name}” was not deleted`, error),
  });
  const askToDelete = () =>
    confirmLoss({
      title: `Delete “${item.name}”?`,
      children: "Its run history goes with it. Datasets that it uses stay. This cannot be undone.",
      verb: "Delete",
      onConfirm: () => remove.mutate(),
    });

  return (
    <Menu position="bottom-end" width={180}>
      <Menu.Target>
        <IconButton label={`Actions for ${item.name}`} loading={duplicate.isPending || remove.isPending}>
          <IconDots size={16} />
        </IconButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPencil size={16} stroke={1.75} />} onClick={onRename}>
          Rename
        </Menu.Item>
        <ShelfItems kind="experiments" item={item} />
        <Menu.Item leftSection={<IconCopy size={16} stroke={1.75} />} onClick={() => duplicate.mutate()}>
          Duplicate
        </Menu.Item>
        <Menu.Item
          leftSection={<IconFileExport size={16} stroke={1.75} />}
          onClick={() => exportFile.mutate()}
        >
          Export
        </Menu.Item>
        <Menu.Item
          component={Link}
          to={`/experiments/${item.id}/runs`}
          leftSection={<IconHistory size={16} stroke={1.75} />}
        >
          Run history
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item color="red" leftSection={<IconTrash size={16} stroke={1.75} />} onClick={askToDelete}>
          Delete
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
