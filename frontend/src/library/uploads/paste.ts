import { useEffect } from "react";
import { pastedFile } from "./pastedFile";
import { useUploads } from "./store";

/** Ctrl+V on a screen makes a dataset of a copied table, unless the text goes into a field. */
export function usePastedTables() {
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      const target = event.target as Element | null;
      if (target?.closest("input, textarea, [contenteditable]")) return;
      const text = event.clipboardData?.getData("text/plain") ?? "";
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length > 0) useUploads.getState().add(files);
      else if (text.trim()) useUploads.getState().add([pastedFile(text)]);
    };
    document.addEventListener("paste", paste);
    return () => document.removeEventListener("paste", paste);
  }, []);
}
