import { Anchor } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { Link } from "react-router";
import { createExperiment } from "../api/experiments";
import { isProblem } from "../api/problem";
import { queries } from "../api/queryClient";
import { droppedText } from "../graph/whole";
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
      const experiment = await createExperiment(read);
      made.push(experiment);
      notifications.show({
        color: "green",
        title: "Experiment imported",
        message: (
          <>
            <Anchor component={Link} to={`/experiments/${experiment.id}`} inherit>
              {experiment.name}
            </Anchor>
            {dropped.length > 0 && `.${droppedText(dropped)}`}
          </>
        ),
        autoClose: dropped.length === 0 && undefined,
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
