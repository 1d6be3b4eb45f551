import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { moduleDocsQuery } from "../../api/modules";
import type { ModuleSpec } from "../../api/types";

/** The modules with their help texts once these are there, so that a search finds what stands in them. */
export function useWithDocs(modules: readonly ModuleSpec[], searching: boolean): readonly ModuleSpec[] {
  const { data: docs } = useQuery({ ...moduleDocsQuery(), enabled: searching });
  return useMemo(
    () => (docs ? modules.map((module) => ({ ...module, docs: docs.get(module.slug) ?? "" })) : modules),
    [modules, docs],
  );
}
