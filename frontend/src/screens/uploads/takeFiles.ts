import { notifications } from "@mantine/notifications";
import { importExperiments } from "../experiments/importExperiments";
import { useUploads } from "./store";

const isExperimentFile = (file: File): boolean => /\.json$/i.test(file.name);

/** Files of the user's, wherever they came in: experiments are imported, all others become datasets. */
export function takeFiles(files: readonly File[]) {
  const experiments = files.filter(isExperimentFile);
  const datasets = files.filter((file) => !isExperimentFile(file));
  if (datasets.length > 0) useUploads.getState().add(datasets);
  if (experiments.length > 0) void importExperiments(experiments);
}

/** Splits what was dropped. A browser hands a folder over as a file that cannot be read. */
export function takeDrop(transfer: DataTransfer) {
  const files: File[] = [];
  const folders: string[] = [];
  for (const item of transfer.items) {
    if (item.kind !== "file") continue;
    const entry = item.webkitGetAsEntry();
    const file = item.getAsFile();
    if (entry?.isDirectory) folders.push(entry.name);
    else if (file) files.push(file);
  }
  if (folders.length > 0) {
    notifications.show({
      color: "red",
      title: "A folder cannot be uploaded",
      message: `Zip “${folders.join("”, “")}” and upload the zip file: it becomes a bundle.`,
    });
  }
  takeFiles(files);
}
