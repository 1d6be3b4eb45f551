/** Help with a script that is being written: the server parses it, and never runs it. */

import { answerOf, api } from "./client";
import type { Schemas } from "./types";

export type HelperState = Schemas["HelperState"];

/** `line` counts from 1, `column` from 0. */
export interface ScriptPlace {
  script: string;
  line: number;
  column: number;
}

const path = (id: string, node: string) => ({ path: { id, node } });

export const completeScript = (id: string, node: string, place: ScriptPlace, signal?: AbortSignal) =>
  answerOf(
    api.POST("/api/v1/experiments/{id}/nodes/{node}/complete", {
      params: path(id, node),
      body: place,
      ...(signal && { signal }),
    }),
  );

export const scriptDocs = (
  id: string,
  node: string,
  place: ScriptPlace,
  what: "docs" | "definition" = "docs",
) =>
  answerOf(
    api.POST("/api/v1/experiments/{id}/nodes/{node}/docs", {
      params: { ...path(id, node), query: { what } },
      body: place,
    }),
  );

export const tidyScript = (id: string, node: string, script: string) =>
  answerOf(
    api.POST("/api/v1/experiments/{id}/nodes/{node}/tidy", { params: path(id, node), body: { script } }),
  );

export type CurrentScript = Schemas["CurrentScript"];

/** The script for libraries of today, and what was rewritten. */
export const currentScript = (id: string, node: string, script: string) =>
  answerOf(
    api.POST("/api/v1/experiments/{id}/nodes/{node}/current", { params: path(id, node), body: { script } }),
  );

/** The edits that rename what stands at the place; a problem says why a name cannot be renamed. */
export const renameInScript = (id: string, node: string, place: ScriptPlace, name: string) =>
  answerOf(
    api.POST("/api/v1/experiments/{id}/nodes/{node}/rename", {
      params: path(id, node),
      body: { ...place, name },
    }),
  );

export type PackageAdded = Schemas["PackageAdded"];

/** Has an environment with this package built, and says what the node must name for it. */
export const addPackage = (id: string, node: string, name: string) =>
  answerOf(
    api.POST("/api/v1/experiments/{id}/nodes/{node}/packages", {
      params: path(id, node),
      body: { package: name },
    }),
  );

export const restartScriptHelper = () => answerOf(api.POST("/api/v1/script-helper/restart"));
