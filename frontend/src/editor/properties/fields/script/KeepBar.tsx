import { Button, Group, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import type { Dataset } from "../../../../api/types";
import { showProblem } from "../../../../ui/showProblem";
import { discard, keepFiles, typedIn, useTyped } from "./keepFiles";
import type { ScriptBundle } from "./useBundle";

/** Under a file of the zip: why it is for reading only, or what was changed and is to be kept. */
export function KeepBar({ bundle, cut }: { bundle: ScriptBundle; cut: boolean }) {
  const { artifact, dataset } = bundle;
  const changed = useTyped(({ zips }) => zips[artifact]);
  const [isKeeping, setKeeping] = useState(false);
  const names = Object.keys(changed ?? {});
  if (names.length === 0 || !dataset) return <Hint>{hintOf(dataset, cut)}</Hint>;
  const keep = async () => {
    setKeeping(true);
    try {
      const kept = await keepFiles(dataset, typedIn(artifact));
      discard(artifact);
      notifications.show({ message: `${kept.name} is version ${kept.version} now. Earlier versions stay.` });
    } catch (problem) {
      showProblem("The files were not kept", problem);
    } finally {
      setKeeping(false);
    }
  };
  return (
    <Group gap="xs" wrap="nowrap" justify="space-between">
      <Text size="xs" truncate title={names.join(", ")}>
        Changed: {names.join(", ")}
      </Text>
      <Group gap="xs" wrap="nowrap">
        <Button size="compact-xs" variant="default" disabled={isKeeping} onClick={() => discard(artifact)}>
          Discard
        </Button>
        <Button size="compact-xs" loading={isKeeping} onClick={() => void keep()}>
          Save as new version
        </Button>
      </Group>
    </Group>
  );
}

function hintOf(dataset: Dataset | null, cut: boolean): string {
  if (!dataset) return "To read only: a node made this zip.";
  if (!dataset.latest) return `To read only: ${dataset.name} has a newer version than ${dataset.version}.`;
  if (cut) return "To read only: this is the first megabyte of the file.";
  return `What you change here becomes a new version of ${dataset.name}.`;
}

function Hint({ children }: { children: string }) {
  return (
    <Text size="xs" c="dimmed">
      {children}
    </Text>
  );
}
