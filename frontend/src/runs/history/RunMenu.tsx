import { Menu } from "@mantine/core";
import { IconArrowsDiff, IconBookmark, IconBookmarkOff, IconDots, IconGitBranch } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { createExperiment, experimentFile, getExperiment } from "../../api/experiments";
import { nameRun, runQuery } from "../../api/runs";
import type { RunHead } from "../../api/types";
import { IconButton } from "../../ui/IconButton";
import { showProblem } from "../../ui/showProblem";

interface Props {
  run: RunHead;
  onRename: () => void;
  onDone: (name: string) => Promise<void>;
  onGo: (() => void) | undefined;
}

/** What can be done with a run that was: keep it as a version, compare it, go on from it elsewhere. */
export function RunMenu({ run, onRename, onDone, onGo }: Props) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const go = (path: string) => {
    onGo?.();
    void navigate(path);
  };

  const branch = async () => {
    try {
      const [{ graph }, now] = await Promise.all([
        queries.fetchQuery(runQuery(run.id)),
        getExperiment(run.experiment ?? ""),
      ]);
      const name = `${now.name.slice(0, 150)} (from ${run.name.slice(0, 30) || `run ${run.number}`})`;
      const made = await createExperiment({ ...experimentFile(now), ...graph, name });
      void queries.invalidateQueries({ queryKey: ["experiments"] });
      go(`/experiments/${made.id}`);
    } catch (error) {
      showProblem("The new experiment was not created", error);
    }
  };

  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <IconButton label={`Actions for run ${run.number}`} size={24}>
          <IconDots size={16} stroke={1.75} />
        </IconButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconBookmark size={16} stroke={1.75} />} onClick={onRename}>
          {run.name ? "Rename the version" : "Save as a version…"}
        </Menu.Item>
        {run.name ? (
          <Menu.Item
            leftSection={<IconBookmarkOff size={16} stroke={1.75} />}
            onClick={() => void onDone("")}
          >
            Remove name
          </Menu.Item>
        ) : null}
        <Menu.Item
          leftSection={<IconArrowsDiff size={16} stroke={1.75} />}
          onClick={() => go(`/experiments/${run.experiment}/compare/${run.id}/draft`)}
        >
          Compare with the draft
        </Menu.Item>
        <Menu.Item leftSection={<IconGitBranch size={16} stroke={1.75} />} onClick={() => void branch()}>
          Branch into a new experiment
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Keeps a run as a version under this name. */
export async function keepName(run: string, name: string): Promise<void> {
  await nameRun(run, name).catch((error: unknown) => showProblem("The name was not saved", error));
}
