import { importExperiments } from "../experiments/importExperiments";
import { filesIn } from "./folders";
import { useUploads } from "./store";

const isExperimentFile = (file: File): boolean => /\.json$/i.test(file.name);

/** Files of the user's, wherever they came in: experiments are imported, all others become datasets. */
export function takeFiles(files: readonly File[]) {
  const experiments = files.filter(isExperimentFile);
  const datasets = files.filter((file) => !isExperimentFile(file));
  if (datasets.length > 0) useUploads.getState().add(datasets);
  if (experiments.length > 0) void importExperiments(experiments);
}

/** The same for what was dropped, folders included. */
export const takeDrop = async (transfer: DataTransfer) => takeFiles(await filesIn(transfer));
