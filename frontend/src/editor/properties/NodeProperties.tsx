import { Textarea } from "@mantine/core";
import { memo, useDeferredValue, useState } from "react";
import { Link } from "react-router";
import { resetParam, setComment, setParam } from "../../graph/edits";
import { keyOf } from "../../graph/own/definition";
import { nodeName, paramValue } from "../../graph/read";
import { marksOf } from "../../graph/serviceParameters";
import type { GraphNode, ModuleSpec, ParamSpec, Problem } from "../../graph/types";
import { failureText } from "../../runs/failureText";
import { useNodeRun } from "../run/hooks";
import { CodeText } from "../../ui/CodeText";
import { ModuleDocs } from "../../ui/docs/ModuleDocs";
import { useCatalog } from "../store/catalog";
import { edit } from "../store/edit";
import { problemsOf } from "../store/problems";
import { useEditor, useReadOnly, useShownNode } from "../store/store";
import { ParamField } from "./fields/ParamField";
import { useNodeModule } from "./declaredParams";
import { isChanged, shownParams } from "./formRules";
import { LeftOverParams } from "./LeftOverParams";
import { FilteredParams } from "./ParamFilter";
import { NodeLimits } from "./NodeLimits";
import { ChartPreview } from "./ChartPreview";
import { KeyMatches } from "./KeyMatches";
import { NodeLine } from "./NodeLine";
import { NodeHead } from "./NodeHead";
import { NodeResults } from "./NodeResults";
import { NodeRunFacts } from "./NodeRunFacts";
import { NextSteps } from "./NextSteps";
import { NodeWarnings } from "./NodeWarnings";
import classes from "./PropertiesPanel.module.css";
import { InsideOf } from "./InsideOf";
import { ResetParam } from "./ResetParam";

/** One node: what its module does, its params, and how it fared in the run that is shown. */
export function NodeProperties({ id }: { id: string }) {
  const catalog = useCatalog();
  const node = useShownNode(id);
  // What is selected stands there at once; a form with an editor for code takes a moment longer.
  const all = useDeferredValue(true, false);
  if (!node) return null;
  const module = catalog.module(node.module);
  return (
    <>
      <section className={classes.section} aria-label="Node">
        <NodeHead key={id} node={node} module={module} />
        {module ? (
          <>
            {module.summary ? (
              <p className={classes.text}>
                <CodeText>{module.summary}</CodeText>
              </p>
            ) : null}
            <InsideOf node={node} />
            {module.not_yet ? <p className={classes.notYet}>{module.not_yet}</p> : null}
            {module.unavailable ? (
              <p className={classes.failure}>
                <CodeText>{module.unavailable}</CodeText>
              </p>
            ) : null}
          </>
        ) : (
          <p className={classes.failure}>
            There is no module “{node.module}” on this server. Replace this node.
          </p>
        )}
      </section>
      <NodeWarnings id={id} />
      <NodeResults id={id} module={module} />
      {all ? <Rest node={node} module={module} /> : null}
    </>
  );
}

function Rest({ node, module }: { node: GraphNode; module: ModuleSpec | undefined }) {
  return (
    <>
      {module ? (
        <section className={classes.section} aria-label="Parameters">
          {module.outputs.some(({ shows }) => shows === "chart") ? <ChartPreview node={node} /> : null}
          <Form node={node} module={module} />
          <KeyMatches node={node} module={module} />
          {module.has_line ? <NodeLine key={module.slug} node={node} module={module} /> : null}
        </section>
      ) : null}
      {module ? <NextSteps id={node.id} module={module} /> : null}
      <NodeRunFacts id={node.id} />
      {module ? (
        <section className={classes.section} aria-label="Help">
          <Help key={module.slug} module={module} />
        </section>
      ) : null}
    </>
  );
}

/** The help is asked for once it is opened. */
function Help({ module }: { module: ModuleSpec }) {
  const [open, setOpen] = useState(false);
  return (
    <details
      className={classes.help}
      data-module-help
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>Help for {module.name}</summary>
      {open ? <ModuleDocs module={module} isHere={keyOf(module.slug) !== null} /> : null}
      {keyOf(module.slug) === null ? (
        <Link to={`/modules/${module.slug}`} target="_blank" className={classes.reference}>
          {module.name} in the module reference
        </Link>
      ) : null}
    </details>
  );
}

/** The params of one node, and its comment. */
export function Form({ node, module: declaring }: { node: GraphNode; module: ModuleSpec }) {
  const given = marksOf(node);
  const module = useNodeModule(node, declaring);
  const title = nodeName(useCatalog(), node);
  return (
    <>
      <FilteredParams
        params={shownParams(module, node)}
        isChanged={(param) => isChanged(node, module, param)}
      >
        {(param) => (
          <ParamRow
            key={param.name}
            id={node.id}
            module={module}
            param={param}
            value={paramValue(node, module, param.name)}
            changed={isChanged(node, module, param)}
            given={given[param.name] ?? ""}
          />
        )}
      </FilteredParams>
      <LeftOverParams node={node} module={module} />
      <NodeLimits id={node.id} limits={node.limits} />
      <Comment id={node.id} title={title} text={node.comment ?? ""} />
    </>
  );
}

const Comment = memo(function Comment({ id, title, text }: { id: string; title: string; text: string }) {
  const readOnly = useReadOnly();
  return (
    <Textarea
      label="Comment"
      rows={1}
      resize="vertical"
      classNames={{ input: classes.comment ?? "" }}
      placeholder="Shown under the node's name"
      size="xs"
      value={text}
      readOnly={readOnly}
      onChange={(event) => {
        const typed = event.currentTarget.value;
        edit(`Comment on ${title}`, (draft) => setComment(draft, id, typed), { burst: `comment:${id}` });
      }}
    />
  );
});

interface Row {
  id: string;
  module: ModuleSpec;
  param: ParamSpec;
  value: unknown;
  changed: boolean;
  /** The name by which callers of the web service may give it. */
  given: string;
}

/** Drawn anew if something of its own has changed: a key that is typed in a script changes no other param. */
const ParamRow = memo(function ParamRow({ id, module, param, value, changed, given }: Row) {
  const readOnly = useReadOnly();
  const problem = useParamProblem(id, param.name);
  const failure = useNodeRun(id)?.error;
  const isScript = param.type === "code";
  const ofRun =
    failure && (failure.param === param.name || (isScript && failure.line !== null)) ? failure : null;
  return (
    <div className={classes.param} data-param={param.name} data-type={param.type}>
      {changed && !readOnly && !isScript ? (
        <ResetParam
          param={param}
          onReset={() => edit(`Reset ${param.label}`, (draft) => resetParam(draft, id, param.name, module))}
        />
      ) : null}
      <ParamField
        node={id}
        param={param}
        value={value}
        onChange={(to) =>
          edit(`Change ${param.label}`, (draft) => setParam(draft, id, param.name, to, module), {
            burst: `param:${id}.${param.name}`,
          })
        }
        error={(problem?.isOpen ? null : problem?.message) ?? (ofRun ? failureText(ofRun) : null)}
        errorLine={problem?.line ?? ofRun?.line ?? null}
        readOnly={readOnly}
      />
      {given ? <p className={classes.text}>Callers of the web service may give it as “{given}”.</p> : null}
      {param.not_yet ? <p className={classes.notYet}>{param.not_yet}</p> : null}
    </div>
  );
});

function useParamProblem(node: string, param: string): Problem | undefined {
  const catalog = useCatalog();
  return useEditor((state) =>
    problemsOf(state, catalog, node).find((problem) => problem.param === param && !problem.isWarning),
  );
}
