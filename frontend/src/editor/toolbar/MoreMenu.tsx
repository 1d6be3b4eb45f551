import { Menu } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { useLatestRun } from "../run/hooks";
import { IconButton } from "../../ui/IconButton";
import { perform } from "../commands/command";
import { CommandItems } from "../commands/CommandItems";
import { bringBackCommand } from "../commands/bringingBack";
import {
  deleteExperimentCommand,
  duplicateExperimentCommand,
  exporting,
  importCommand,
} from "../commands/files";
import { publishCommand } from "../commands/publishing";
import { renameExperimentCommand } from "../commands/naming";
import { runAnewCommand } from "../commands/running";
import { viewCommands } from "../commands/viewCommands";

const SECTIONS = [
  [renameExperimentCommand, duplicateExperimentCommand, ...exporting, bringBackCommand, importCommand],
  [runAnewCommand, publishCommand],
  viewCommands.filter(({ id }) => id === "commands" || id === "shortcuts" || id === "keys"),
  [deleteExperimentCommand],
];

export function MoreMenu() {
  return (
    <Menu position="bottom-end" width={300}>
      <Menu.Target>
        <IconButton label="More actions">
          <IconDots size={18} stroke={1.75} />
        </IconButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Items />
      </Menu.Dropdown>
    </Menu>
  );
}

/** Drawn when the menu opens, and with every piece of news of a run while it is. */
function Items() {
  useLatestRun();
  return <CommandItems sections={SECTIONS} onChoose={perform} />;
}
