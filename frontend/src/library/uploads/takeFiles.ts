import { importExperiments } from "../importExperiments";
import { isScript } from "../readExperimentFile";
import { filesIn } from "./folders";
import { useUploads } from "./store";

/** Letters of a JSON file that are looked at: an experiment says what it is at its beginning. */
const HEAD = 4096;

/** Scripts and notebooks are, and JSON where it says so or may be a damaged one; a list of records is a table. */
async function isExperimentFile(file: File): Promise<boolean> {
  if (isScript(file.name)) return true;
  if (!/\.json$/i.test(file.name)) return false;
  const head = await file.slice(0, HEAD).text();
  return /"format"\s*:\s*"studio-experiment|"(nodes|ModuleNodes)"\s*:/.test(head);
}

/** Files of the user's, wherever they came in: experiments are imported, all others become datasets. */
export async function takeFiles(files: readonly File[]) {
  const known = await Promise.all(files.map(isExperimentFile));
  const experiments = files.filter((_, at) => known[at]);
  const datasets = files.filter((_, at) => !known[at]);
  if (datasets.length > 0) useUploads.getState().add(datasets);
  if (experiments.length > 0) void importExperiments(experiments);
}

/** The same for what was dropped, folders included. */
export const takeDrop = async (transfer: DataTransfer) => takeFiles(await filesIn(transfer));
