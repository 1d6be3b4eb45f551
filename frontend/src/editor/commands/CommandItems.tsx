import { Menu } from "@mantine/core";
import type { Icon } from "@tabler/icons-react";
import { Fragment } from "react";
import { isEnabled, labelOf, whyNot, type Command } from "./command";
import { Shortcut } from "./Shortcut";

/** Commands of one kind behind one entry. */
export interface Submenu {
  id: string;
  label: string;
  Icon: Icon;
  commands: readonly Command[];
}

export type Entry = Command | Submenu;

interface Props {
  sections: readonly (readonly Entry[])[];
  onChoose: (command: Command) => void;
}

/** What stands in a menu: commands, with lines between sections. One that cannot be chosen says why. */
export function CommandItems({ sections, onChoose }: Props) {
  return sections
    .filter((section) => section.length > 0)
    .map((section, index) => (
      <Fragment key={index}>
        {index > 0 ? <Menu.Divider /> : null}
        {section.map((entry) =>
          "commands" in entry ? (
            <Sub key={entry.id} entry={entry} onChoose={onChoose} />
          ) : (
            <Item key={entry.id} command={entry} onChoose={onChoose} />
          ),
        )}
      </Fragment>
    ));
}

function Item({ command, onChoose }: { command: Command; onChoose: Props["onChoose"] }) {
  const reason = whyNot(command);
  return (
    <Menu.Item
      disabled={reason !== null}
      title={reason ?? undefined}
      {...(command.danger ? { color: "red" } : {})}
      leftSection={command.Icon ? <command.Icon size={16} stroke={1.75} /> : null}
      rightSection={<Shortcut command={command} />}
      onClick={() => onChoose(command)}
    >
      {labelOf(command)}
    </Menu.Item>
  );
}

function Sub({ entry, onChoose }: { entry: Submenu; onChoose: Props["onChoose"] }) {
  const { label, Icon, commands } = entry;
  return (
    // Fixed, so that the menu, which scrolls where it is higher than the window, does not cut it off.
    <Menu.Sub
      position="right-start"
      floatingStrategy="fixed"
      middlewares={{ flip: true, shift: { crossAxis: true, padding: 8 } }}
    >
      <Menu.Sub.Target>
        <Menu.Sub.Item leftSection={<Icon size={16} stroke={1.75} />} disabled={!commands.some(isEnabled)}>
          {label}
        </Menu.Sub.Item>
      </Menu.Sub.Target>
      <Menu.Sub.Dropdown>
        {commands.map((command) => (
          <Item key={command.id} command={command} onChoose={onChoose} />
        ))}
      </Menu.Sub.Dropdown>
    </Menu.Sub>
  );
}
