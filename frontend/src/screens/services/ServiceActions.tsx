import { Menu } from "@mantine/core";
import { IconDots, IconFlask, IconTrash } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "react-router";
import { deleteService, type ServiceItem } from "../../api/services";
import { confirmLoss } from "../../ui/confirm";
import { IconButton } from "../../ui/IconButton";
import { showProblem } from "../../ui/showProblem";

interface Props {
  service: Pick<ServiceItem, "id" | "name" | "experiment">;
  onDeleted?: () => void;
}

/** What can be done with a service without opening it. */
export function ServiceActions({ service, onDeleted }: Props) {
  const { id, name, experiment } = service;
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () => deleteService(id),
    onSuccess: async () => {
      onDeleted?.();
      queries.removeQueries({ queryKey: ["service", id] });
      await queries.invalidateQueries({ queryKey: ["services"] });
    },
    onError: (error) => showProblem(`“${name}” was not deleted`, error),
  });
  const ask = () =>
    confirmLoss({
      title: `Delete “${name}”?`,
      children: "Its address answers no more, and its keys open nothing. This cannot be undone.",
      verb: "Delete",
      onConfirm: () => remove.mutate(),
    });
  return (
    <Menu position="bottom-end" width={200}>
      <Menu.Target>
        <IconButton label={`Actions for ${name}`}>
          <IconDots size={16} />
        </IconButton>
      </Menu.Target>
      <Menu.Dropdown>
        {experiment ? (
          <Menu.Item
            component={Link}
            to={`/experiments/${experiment}`}
            leftSection={<IconFlask size={16} stroke={1.75} />}
          >
            Open the experiment
          </Menu.Item>
        ) : null}
        <Menu.Item color="red" leftSection={<IconTrash size={16} stroke={1.75} />} onClick={ask}>
          Delete
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
