/** Keys that agents have from this person, and what they did with them. */

import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { answerOf, api } from "./client";
import { everyItem } from "./pages";
import type { Schemas } from "./types";

export type AgentKey = Schemas["AgentKeyOut"];
export type AgentCall = Schemas["AgentCallOut"];

export const agentKeysQuery = () =>
  queryOptions({
    queryKey: ["agent-keys"],
    queryFn: ({ signal }) =>
      everyItem((query) => answerOf(api.GET("/api/v1/agent-keys", { params: { query }, signal }))),
  });

/** One page of the log, the newest first; there may be thousands. */
export const agentCallsQuery = (offset: number, limit: number) =>
  queryOptions({
    queryKey: ["agent-calls", offset, limit],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      answerOf(api.GET("/api/v1/agent-calls", { params: { query: { offset, limit } }, signal })),
  });

/** `values`: the agent is sent what stands in columns too. The answer has the key, this once. */
export const makeAgentKey = (name: string, values: boolean) =>
  answerOf(api.POST("/api/v1/agent-keys", { body: { name, values } }));

export const deleteAgentKey = (id: string) =>
  answerOf(api.DELETE("/api/v1/agent-keys/{id}", { params: { path: { id } } }));
