import { API, csrfToken } from "./client";
import { problemFrom, unreachable } from "./problem";
import type { Dataset, DatasetType } from "./types";

export interface UploadOptions {
  name?: string | undefined;
  type?: DatasetType | undefined;
  description?: string | undefined;
  /** Id of the dataset whose next version this is. */
  newVersionOf?: string | undefined;
}

export interface Upload {
  /** The dataset, ready or still importing. Rejects with a `Problem`, or an AbortError. */
  done: Promise<Dataset>;
  abort(): void;
}

/** Sends a file as a dataset. XHR, because fetch tells nothing about what has been sent. */
export function uploadDataset(file: File, options: UploadOptions, onSent: (bytes: number) => void): Upload {
  const xhr = new XMLHttpRequest();
  const done = new Promise<Dataset>((resolve, reject) => {
    xhr.upload.onprogress = (event) => onSent(Math.min(event.loaded, file.size));
    xhr.onload = () => {
      if (xhr.status >= 200 && xhr.status < 300) resolve(JSON.parse(xhr.responseText) as Dataset);
      else reject(problemFrom(xhr.status, xhr.responseText));
    };
    xhr.onerror = () => reject(unreachable());
    xhr.onabort = () => reject(new DOMException("The upload was cancelled.", "AbortError"));
  });
  xhr.open("POST", `${API}/datasets`);
  xhr.setRequestHeader("Accept", "application/json");
  xhr.setRequestHeader("X-CSRFToken", csrfToken());
  xhr.send(form(file, options));
  return { done, abort: () => xhr.abort() };
}

function form(file: File, { name, type, description, newVersionOf }: UploadOptions): FormData {
  const data = new FormData();
  // The fields go first, so that a server that reads as it receives knows them before the bytes.
  if (name) data.append("name", name);
  if (type) data.append("type", type);
  if (description) data.append("description", description);
  if (newVersionOf) data.append("new_version_of", newVersionOf);
  data.append("file", file);
  return data;
}
