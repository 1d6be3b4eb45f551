/** Hands text to the browser as a file to keep. */
export function downloadText(fileName: string, text: string, type = "application/json") {
  download(fileName, new Blob([text], { type }));
}

/** Hands a file to the browser to keep. */
export function download(fileName: string, content: Blob) {
  const url = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = url;
  link.download = fileName;
  link.click();
  // Some browsers start reading only after the click has returned.
  window.setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Lets the browser fetch a file itself, so that nothing of it is in the page. The server names it. */
export function followDownload(address: string) {
  const link = document.createElement("a");
  link.href = address;
  link.download = "";
  link.click();
}

/** A name that every file system takes: "a/b: c" → "a-b- c" */
export const fileName = (name: string): string =>
  name
    .replace(/[\\/:*?"<>|\p{Cc}]/gu, "-")
    .trim()
    .slice(0, 120) || "untitled";
