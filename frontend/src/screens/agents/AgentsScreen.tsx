import { Button, Title } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { agentKeysQuery } from "../../api/agents";
import { EmptyState } from "../../ui/EmptyState";
import { ListPage } from "../../ui/ListPage";
import { Loading } from "../../ui/Loading";
import { ProblemMessage } from "../../ui/ProblemMessage";
import { useTitle } from "../../ui/useTitle";
import list from "../../ui/ListNotes.module.css";
import { AgentKeys } from "./AgentKeys";
import { openAgentKeyForm } from "./AgentKeyForm";
import { AgentLog } from "./AgentLog";

/** Which agents are let in, with what rights, and everything that they did. */
export function AgentsScreen() {
  useTitle("Agents");
  const keys = useQuery(agentKeysQuery());
  return (
    <ListPage
      title="Agents"
      total={keys.data?.length}
      tools={
        <Button leftSection={<IconPlus size={16} />} onClick={openAgentKeyForm}>
          New key
        </Button>
      }
    >
      {keys.data ? (
        <>
          <p className={list.note}>
            An agent with a key looks, tries, runs and proposes what you may. It changes no experiment that is
            there: you accept its edits on the canvas.
          </p>
          {keys.data.length ? (
            <AgentKeys keys={keys.data} />
          ) : (
            <EmptyState title="No agent is let in">
              Make a key for a program that speaks the Model Context Protocol.
            </EmptyState>
          )}
          <Title order={2} size="h4" mt="xl" mb="xs">
            What agents did
          </Title>
          <AgentLog />
        </>
      ) : keys.isError ? (
        <ProblemMessage
          title="Could not load the keys"
          error={keys.error}
          onRetry={() => void keys.refetch()}
        />
      ) : (
        <Loading label="Loading keys…" />
      )}
    </ListPage>
  );
}
