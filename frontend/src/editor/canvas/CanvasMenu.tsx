import { Menu } from "@mantine/core";
import { perform } from "../commands/command";
import { CommandItems } from "../commands/CommandItems";
import { closeOverlay, useOverlay, type Overlay } from "../window/overlays";
import { menuOf } from "./menus";

/** The context menu of a node, a port, a wire or the canvas. */
export function CanvasMenu({ screen, target }: Extract<Overlay, { kind: "menu" }>) {
  return (
    <Menu
      opened
      // An entry may have opened the next overlay already.
      onClose={() => useOverlay.getState().open?.kind === "menu" && closeOverlay()}
      position="bottom-start"
      offset={0}
      closeOnItemClick={false}
      width={280}
      // As menus of the system do: moved up where there is no room below, scrolled where there is none at all.
      middlewares={{ flip: false, shift: { crossAxis: true, padding: 8 } }}
      styles={{ dropdown: { maxHeight: "calc(100dvh - 16px)", overflowY: "auto" } }}
      withinPortal
      trapFocus
      returnFocus={false}
    >
      <Menu.Target>
        <button
          type="button"
          tabIndex={-1}
          aria-label="Menu"
          style={{
            position: "fixed",
            left: screen.x,
            top: screen.y,
            width: 0,
            height: 0,
            padding: 0,
            border: 0,
          }}
        />
      </Menu.Target>
      <Menu.Dropdown>
        <CommandItems
          sections={menuOf(target)}
          onChoose={(command) => {
            closeOverlay();
            perform(command);
          }}
        />
      </Menu.Dropdown>
    </Menu>
  );
}
