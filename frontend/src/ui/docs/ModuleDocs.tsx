import { useQuery } from "@tanstack/react-query";
import { moduleHelpQuery } from "../../api/modules";
import type { ModuleSpec, ParamSpec, PortSpec } from "../../api/types";
import { CodeText } from "../CodeText";
import { Loading } from "../Loading";
import { ProblemMessage } from "../ProblemMessage";
import classes from "./Docs.module.css";
import { ModuleExample } from "./ModuleExample";
import { CodeExamples, Prose } from "./Prose";

interface Props {
  module: ModuleSpec;
  /** With the examples and the names that the API has. */
  whole?: boolean;
  /** All of its help came with it: the server is not asked. */
  isHere?: boolean;
}

/** What a module does, what goes in and out of it, and what each of its params is for. */
export function ModuleDocs({ module, whole = false, isHere = false }: Props) {
  const params = module.params.filter((param) => !param.not_yet);
  const { data: help, error, refetch } = useQuery({ ...moduleHelpQuery(module.slug), enabled: !isHere });
  return (
    <div className={classes.docs}>
      {isHere ? (
        <Prose docs={module.docs} />
      ) : error ? (
        <ProblemMessage title="Could not load the help" error={error} onRetry={() => void refetch()} />
      ) : help ? (
        <>
          <Prose docs={help.docs} />
          <ModuleExample module={help} />
          {whole ? <CodeExamples docs={help.docs} /> : null}
        </>
      ) : (
        <Loading label="Loading the help…" />
      )}
      <Ports title="Inputs" ports={module.inputs} whole={whole} />
      <Ports title="Outputs" ports={module.outputs} whole={whole} />
      {params.length > 0 ? (
        <>
          <h3 className={classes.title}>Parameters</h3>
          <dl className={classes.params}>
            {params.map((param) => (
              <div key={param.name}>
                <dt>
                  {param.label} {whole ? <code className={classes.code}>{param.name}</code> : null}
                </dt>
                <dd>
                  <CodeText>{paramText(param)}</CodeText>
                </dd>
              </div>
            ))}
          </dl>
        </>
      ) : null}
    </div>
  );
}

function Ports({ title, ports, whole }: { title: string; ports: readonly PortSpec[]; whole: boolean }) {
  if (ports.length === 0) return null;
  return (
    <>
      <h3 className={classes.title}>{title}</h3>
      <ul className={classes.list}>
        {ports.map((port) => (
          <li key={port.name}>
            {port.label} {whole ? <code className={classes.code}>{port.name}</code> : null}
            <span className={classes.quiet}>
              {" "}
              {port.type}
              {port.optional ? ", optional" : ""}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** "From 0 to 1. The usual value is 0.5. The same seed draws the same rows." */
function paramText({ help, min, max, choices, default: usual, type }: ParamSpec): string {
  const parts = [];
  if (choices?.length) parts.push(`One of ${choices.map(({ label }) => label).join(", ")}.`);
  if (typeof min === "number" && typeof max === "number") parts.push(`From ${min} to ${max}.`);
  else if (typeof min === "number") parts.push(`${min} or more.`);
  else if (typeof max === "number") parts.push(`${max} or less.`);
  if (type === "toggle") parts.push(usual === true ? "Default: on." : "Default: off.");
  else if (typeof usual === "number") parts.push(`Default: ${usual}.`);
  else if (choices?.length) {
    const label = choices.find(({ value }) => value === usual)?.label;
    if (label) parts.push(`Default: ${label}.`);
  }
  if (help) parts.unshift(help);
  return parts.join(" ");
}
