import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { previewUpload } from "../../../api/review";
import { useDebouncedValue } from "@mantine/hooks";
import type { Draft } from "./draft";

/** How the upload would be read as drafted; the answer before stays while a new one is fetched. */
export function usePreview(upload: string, draft: Draft) {
  const [settled] = useDebouncedValue(draft, 250);
  const preview = useQuery({
    queryKey: ["preview", upload, settled],
    queryFn: ({ signal }) => previewUpload(upload, settled.type, settled.reading, signal),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    gcTime: 60_000,
    retry: false,
  });
  return { preview, isBehind: settled !== draft || preview.isPlaceholderData || preview.isPending };
}
