import { Menu } from "@mantine/core";
import {
  IconApi,
  IconBook,
  IconChartPie,
  IconKey,
  IconLock,
  IconLogout,
  IconPackage,
  IconRobot,
  IconServer2,
  IconWorld,
  IconUser,
} from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { Link } from "react-router";
import { signOut } from "../api/status";
import type { Status } from "../api/types";
import { IconButton } from "../ui/IconButton";
import { openPasses } from "../results/outputs/passes";
import { queries } from "../api/queryClient";
import { useSession } from "../api/session";

export function AccountMenu({ status }: { status: Status | undefined }) {
  const leave = useMutation({
    mutationFn: signOut,
    onSuccess: () => {
      useSession.getState().leave();
      queries.clear();
    },
  });
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <IconButton label="Account">
          <IconUser size={18} stroke={1.75} />
        </IconButton>
      </Menu.Target>
      <Menu.Dropdown>
        {status ? (
          <Menu.Label>
            {status.owner.name} · Studio {status.version}
          </Menu.Label>
        ) : null}
        <Menu.Item component={Link} to="/usage" leftSection={<IconChartPie size={16} />}>
          Usage and clean-up
        </Menu.Item>
        <Menu.Item component={Link} to="/workers" leftSection={<IconServer2 size={16} />}>
          Workers
        </Menu.Item>
        <Menu.Item component={Link} to="/environments" leftSection={<IconPackage size={16} />}>
          Environments
        </Menu.Item>
        <Menu.Item component={Link} to="/secrets" leftSection={<IconLock size={16} />}>
          Secrets
        </Menu.Item>
        <Menu.Item component={Link} to="/network" leftSection={<IconWorld size={16} />}>
          Network
        </Menu.Item>
        <Menu.Item component={Link} to="/agents" leftSection={<IconRobot size={16} />}>
          Agents
        </Menu.Item>
        <Menu.Item leftSection={<IconKey size={16} />} onClick={openPasses}>
          Notebook tokens
        </Menu.Item>
        <Menu.Item component={Link} to="/modules" leftSection={<IconBook size={16} />}>
          Module reference
        </Menu.Item>
        <Menu.Item component="a" href="/api/v1/docs" target="_blank" leftSection={<IconApi size={16} />}>
          API reference
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => leave.mutate()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
