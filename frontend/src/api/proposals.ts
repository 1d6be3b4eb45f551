/** Edits that agents propose: they wait until a person decides. */

import { queryOptions } from "@tanstack/react-query";
import { answerOf, api } from "./client";
import type { Schemas } from "./types";

export type Proposal = Schemas["ProposalOut"];

export const proposalsQuery = (id: string) =>
  queryOptions({
    queryKey: ["proposals", id],
    queryFn: async ({ signal }) =>
      (await answerOf(api.GET("/api/v1/experiments/{id}/proposals", { params: { path: { id } }, signal })))
        .items,
  });

/** A script or a notebook that was exported from the experiment and edited: what it changes waits as a proposal. */
export const bringBack = (id: string, file: File) =>
  answerOf(
    api.POST("/api/v1/experiments/{id}/proposals", {
      params: { path: { id } },
      body: { file: file as unknown as string },
      bodySerializer: ({ file }) => {
        const form = new FormData();
        form.append("file", file as unknown as File);
        return form;
      },
    }),
  );

export const decideProposal = (id: string, proposal: string, accepted: boolean) =>
  answerOf(
    api.POST("/api/v1/experiments/{id}/proposals/{proposal}", {
      params: { path: { id, proposal } },
      body: { accepted },
    }),
  );
