import { FileButton, type FileButtonProps } from "@mantine/core";
import { useRef } from "react";

type Props = Omit<FileButtonProps<true>, "multiple" | "onChange" | "resetRef"> & {
  onFiles: (files: File[]) => void;
};

/** Chooses files. The same one can be chosen again, as one does after mending it. */
export function FilesButton({ onFiles, ...props }: Props) {
  const reset = useRef<() => void>(null);
  return (
    <FileButton
      multiple
      resetRef={reset}
      onChange={(files) => {
        onFiles(files);
        reset.current?.();
      }}
      {...props}
    />
  );
}
