"""Programs that call a service, as text. Each runs as it is printed, its key in STUDIO_SERVICE_KEY. Pure."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from modules.exchange.schema import ServiceInput, ServiceParameter, ServiceSchema
from studio.services.csharp import csharp_program
from studio.services.training_snippets import TRAINING


class Snippet(NamedTuple):
    """`language`: a short word for it. `title`: its name. `text`: the program."""

    language: str
    title: str
    text: str


def snippets(schema: ServiceSchema, url: str) -> list[Snippet]:
    """A program in each language that sends one row of sample values to `url` and prints the answer. Of a
    service that trains, which answers no call, one that begins a job and waits for its end."""
    body = sample_body(schema)
    if any(output.type == "model" for output in schema.outputs):
        jobs = url.removesuffix("/execute") + "/jobs"
        return [Snippet(language, title, TRAINING[language](jobs, body)) for language, title, _ in WRITERS]
    return [Snippet(language, title, write(url, body)) for language, title, write in WRITERS]


def sample_body(schema: ServiceSchema) -> dict[str, Any]:
    """A call with one row of sample values in each input, and the parameters that have a value to show."""
    return {
        "Inputs": {input.name: _sample_table(input) for input in schema.inputs},
        "GlobalParameters": {p.name: _sample_parameter(p) for p in schema.parameters if _is_shown(p)},
    }


def _sample_table(input: ServiceInput) -> dict[str, Any]:
    needed = [column for column in input.columns if not column.optional] or list(input.columns)
    return {"ColumnNames": [c.name for c in needed], "Values": [[c.sample for c in needed]]}


def _is_shown(parameter: ServiceParameter) -> bool:
    return parameter.required or parameter.default is not None


def _sample_parameter(parameter: ServiceParameter) -> Any:
    if parameter.default is not None:
        return parameter.default
    if parameter.choices:
        return parameter.choices[0]
    blank: Mapping[str, Any] = {"integer": 1, "float": 1.0, "boolean": True}
    return blank.get(parameter.type, "")


def _json(body: Mapping[str, Any], indent: int | None = 2) -> str:
    return json.dumps(body, indent=indent, ensure_ascii=False)


def _curl(url: str, body: Mapping[str, Any]) -> str:
    quoted = _json(body).replace("'", "'\\''")
    return f"""curl -sS '{url}' \\
  -H "Authorization: Bearer $STUDIO_SERVICE_KEY" \\
  -H 'Content-Type: application/json' \\
  --data-binary '{quoted}'
"""


def _python(url: str, body: Mapping[str, Any]) -> str:
    return f"""import json
import os
import urllib.error
import urllib.request

url = {json.dumps(url)}
body = json.loads({_json(body)!r})

request = urllib.request.Request(url, data=json.dumps(body).encode())
request.add_header("Content-Type", "application/json")
request.add_header("Authorization", "Bearer " + os.environ["STUDIO_SERVICE_KEY"])
try:
    with urllib.request.urlopen(request) as answer:
        print(json.dumps(json.load(answer)["Results"], indent=2, ensure_ascii=False))
except urllib.error.HTTPError as refusal:
    raise SystemExit(refusal.read().decode())
"""


def _r(url: str, body: Mapping[str, Any]) -> str:
    return f"""# Needs no package: curl does the call. jsonlite::fromJSON(answer) makes lists of it.
url <- {_r_text(url)}
body <- {_r_text(_json(body))}

file <- tempfile(fileext = ".json")
writeLines(enc2utf8(body), file, useBytes = TRUE)
key <- Sys.getenv("STUDIO_SERVICE_KEY")
answer <- system2("curl", c(
  "-sS", shQuote(url),
  "-H", shQuote(paste("Authorization: Bearer", key)),
  "-H", shQuote("Content-Type: application/json"),
  "--data-binary", shQuote(paste0("@", file))
), stdout = TRUE)
cat(answer, sep = "\\n")
"""


def _r_text(text: str) -> str:
    """A text in R's own quotes: JSON's escapes of the Basic Multilingual Plane are R's, too."""
    return json.dumps(text, ensure_ascii=False)


def _javascript(url: str, body: Mapping[str, Any]) -> str:
    return f"""// Node.js 18 or newer: save it as call.mjs, then run `node call.mjs`.
const url = {json.dumps(url)};
const body = {_json(body)};

const answer = await fetch(url, {{
  method: "POST",
  headers: {{
    "Content-Type": "application/json",
    Authorization: `Bearer ${{process.env.STUDIO_SERVICE_KEY}}`,
  }},
  body: JSON.stringify(body),
}});
if (!answer.ok) throw new Error(await answer.text());
console.log(JSON.stringify((await answer.json()).Results, null, 2));
"""


def _csharp(url: str, body: Mapping[str, Any]) -> str:
    return csharp_program(
        url,
        _json(body),
        "var answer = await client.PostAsync(url, content);\n"
        "Console.WriteLine(await answer.Content.ReadAsStringAsync());\n",
    )


WRITERS: tuple[tuple[str, str, Callable[[str, Mapping[str, Any]], str]], ...] = (
    ("curl", "curl", _curl),
    ("python", "Python", _python),
    ("r", "R", _r),
    ("javascript", "JavaScript", _javascript),
    ("csharp", "C#", _csharp),
)
"""By language: its word, its name, and what writes the program."""
