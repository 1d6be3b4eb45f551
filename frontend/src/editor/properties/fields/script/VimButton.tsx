import { IconKeyboard } from "@tabler/icons-react";
import { IconButton } from "../../../../ui/IconButton";
import { toggleVimKeys, useVimKeys } from "../../../../ui/code/vim";

/** Whether scripts are written with Vim's keys. */
export function VimButton() {
  const chosen = useVimKeys((state) => state.chosen);
  return (
    <IconButton
      label="Vim keys"
      size={24}
      aria-pressed={chosen}
      variant={chosen ? "light" : "subtle"}
      onClick={toggleVimKeys}
    >
      <IconKeyboard size={15} />
    </IconButton>
  );
}
