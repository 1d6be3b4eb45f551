/** A script that was exported from the experiment comes back: what was edited in it waits as a proposal. */

import { Stack } from "@mantine/core";
import { modals } from "@mantine/modals";
import { IconFileImport } from "@tabler/icons-react";
import { bringBack, proposalsQuery } from "../../api/proposals";
import { queries } from "../../api/queryClient";
import { NotTaken } from "../../library/importScript";
import { showProblem } from "../../ui/showProblem";
import { saveNow } from "../store/autosave";
import { isReadOnly, useEditor } from "../store/store";
import { hint } from "../window/hint";
import type { Command } from "./command";
import { toEdit } from "./needs";

async function bring(file: File): Promise<void> {
  const { id } = useEditor.getState();
  if (id === null) return;
  try {
    await saveNow();
    const { proposal, left_out, missing } = await bringBack(id, file);
    await queries.invalidateQueries({ queryKey: proposalsQuery(id).queryKey });
    if (left_out.length + missing.length > 0)
      modals.open({
        title: `Brought back “${file.name}”`,
        size: "lg",
        children: (
          <Stack gap="md">
            <NotTaken left_out={left_out} missing={missing} />
          </Stack>
        ),
      });
    hint(
      proposal
        ? `What “${file.name}” changes is shown on the canvas. Accept it, or throw it away.`
        : `“${file.name}” changes nothing here.`,
    );
  } catch (error) {
    showProblem(`“${file.name}” was not brought back`, error);
  }
}

export const bringBackCommand: Command = {
  id: "bring-back",
  label: "Bring back an exported script…",
  group: "Experiment",
  Icon: IconFileImport,
  enabled: () => !isReadOnly(useEditor.getState()),
  needs: toEdit("Not now"),
  run: () => {
    const input = document.createElement("input");
    input.type = "file";
    input.accept = ".py,.ipynb";
    input.onchange = () => {
      const [file] = input.files ?? [];
      if (file) void bring(file);
    };
    input.click();
  },
};
