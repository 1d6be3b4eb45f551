import { Menu } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { Fragment } from "react";
import { useLatestRun } from "../../runs/hooks";
import { IconButton } from "../../ui/IconButton";
import { isEnabled, labelOf, perform } from "../commands/command";
import {
  deleteExperimentCommand,
  duplicateExperimentCommand,
  exporting,
  importCommand,
} from "../commands/files";
import { Shortcut } from "../commands/Shortcut";
import { renameExperimentCommand } from "../commands/naming";
import { runAnewCommand } from "../commands/running";
import { viewing } from "../commands/viewing";

const SECTIONS = [
  [renameExperimentCommand, duplicateExperimentCommand, ...exporting, importCommand],
  [runAnewCommand],
  viewing.filter(({ id }) => id === "commands" || id === "shortcuts" || id === "keys"),
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
  return (
    <>
      {SECTIONS.map((section, index) => (
        <Fragment key={index}>
          {index > 0 ? <Menu.Divider /> : null}
          {section.map((command) => (
            <Menu.Item
              key={command.id}
              disabled={!isEnabled(command)}
              {...(command.danger ? { color: "red" } : {})}
              leftSection={command.Icon ? <command.Icon size={16} stroke={1.75} /> : null}
              rightSection={<Shortcut command={command} />}
              onClick={() => perform(command)}
            >
              {labelOf(command)}
            </Menu.Item>
          ))}
        </Fragment>
      ))}
    </>
  );
}
