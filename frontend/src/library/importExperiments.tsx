import { Anchor } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { Link } from "react-router";
import { importExperiment } from "../api/experiments";
import { isProblem } from "../api/problem";
import { queries } from "../api/queryClient";
import { waitingIn } from "../graph/own/trust";
import { droppedText } from "../graph/whole";
import type { Marked } from "../graph/types";
import { importScript } from "./importScript";
import { isClassicGraph, isScript, readExperimentFile } from "./readExperimentFile";

function sentence(error: unknown): string {
  if (isProblem(error)) {
    const first = error.errors[0];
    return first ? `${error.message} ${first.message}` : error.message;
  }
  return error instanceof Error ? error.message : String(error);
}

/** Imports files one after the other and says of each how it went. */
export async function importExperiments(files: readonly File[]): Promise<{ id: string }[]> {
  const made: { id: string }[] = [];
  for (const file of files) {
    try {
      const text = isScript(file.name) ? "" : await file.text();
      if (isScript(file.name) || isClassicGraph(text)) {
        made.push(await importScript(file));
        continue;
      }
      const { file: read, dropped } = readExperimentFile(text);
      const experiment = await importExperiment(read);
      made.push(experiment);
      const waiting = waitingIn(experiment as unknown as Marked).map(({ own }) => own.name);
      notifications.show({
        color: "green",
        title: "Experiment imported",
        message: (
          <>
            <Anchor component={Link} to={`/experiments/${experiment.id}`} inherit>
              {experiment.name}
            </Anchor>
            {dropped.length > 0 && `.${droppedText(dropped)}`}
            {waiting.length > 0 &&
              `. It brings own modules, which wait until you trust them: ${waiting.join(", ")}.`}
          </>
        ),
        autoClose: dropped.length + waiting.length === 0 && undefined,
      });
    } catch (error) {
      notifications.show({
        color: "red",
        autoClose: false,
        title: `“${file.name}” was not imported`,
        message: sentence(error),
      });
    }
  }
  if (made.length > 0) await queries.invalidateQueries({ queryKey: ["experiments"] });
  return made;
}
