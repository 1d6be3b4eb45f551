"""Programs that begin a job of a service that trains, and wait until it has ended. Pure."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from studio.services.csharp import csharp_program

HINT = 'Send all rows to train on, or name a dataset instead: {"Inputs": {"input1": {"dataset": "NAME"}}}'


def _body(body: Mapping[str, Any]) -> str:
    return json.dumps(body, indent=2, ensure_ascii=False)


def _curl(url: str, body: Mapping[str, Any]) -> str:
    quoted = _body(body).replace("'", "'\\''")
    return f"""# {HINT}
key="Authorization: Bearer $STUDIO_SERVICE_KEY"
job=$(curl -sS '{url}' -H "$key" \\
  -H 'Content-Type: application/json' \\
  --data-binary '{quoted}')
id=$(printf %s "$job" | sed -n 's/^{{"id": *"\\([^"]*\\)".*/\\1/p')
[ -n "$id" ] || {{ printf '%s\\n' "$job"; exit 1; }}
until printf %s "$job" | grep -qE '"state": *"(finished|failed|cancelled)"'; do
  sleep 1
  job=$(curl -sS "{url}/$id" -H "$key")
done
printf '%s\\n' "$job"
"""


def _python(url: str, body: Mapping[str, Any]) -> str:
    return f"""import json
import os
import time
import urllib.error
import urllib.request

url = {json.dumps(url)}
# {HINT}
body = json.loads({_body(body)!r})


def ask(address, data=None):
    request = urllib.request.Request(address, data=data)
    request.add_header("Content-Type", "application/json")
    request.add_header("Authorization", "Bearer " + os.environ["STUDIO_SERVICE_KEY"])
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


try:
    job = ask(url, json.dumps(body).encode())
    while job["state"] not in ("finished", "failed", "cancelled"):
        time.sleep(1)
        job = ask(url + "/" + job["id"])
    print(json.dumps(job, indent=2, ensure_ascii=False))
except urllib.error.HTTPError as refusal:
    raise SystemExit(refusal.read().decode())
"""


def _r(url: str, body: Mapping[str, Any]) -> str:
    return f"""# Needs no package: curl does the calls. jsonlite::fromJSON(job) makes lists of it.
# {HINT}
url <- {json.dumps(url)}
body <- {json.dumps(_body(body), ensure_ascii=False)}

file <- tempfile(fileext = ".json")
writeLines(enc2utf8(body), file, useBytes = TRUE)
key <- paste("Authorization: Bearer", Sys.getenv("STUDIO_SERVICE_KEY"))
ask <- function(address, ...) {{
  paste(system2("curl", c("-sS", shQuote(address), "-H", shQuote(key), ...), stdout = TRUE), collapse = "\\n")
}}
job <- ask(url, "-H", shQuote("Content-Type: application/json"), "--data-binary", shQuote(paste0("@", file)))
id <- sub('^[{{]"id": *"([^"]*)".*', "\\\\1", job)
if (id == job) stop(job)
while (!grepl('"state": *"(finished|failed|cancelled)"', job)) {{
  Sys.sleep(1)
  job <- ask(paste0(url, "/", id))
}}
cat(job, "\\n")
"""


def _javascript(url: str, body: Mapping[str, Any]) -> str:
    return f"""// Node.js 18 or newer: save it as call.mjs, then run `node call.mjs`.
const url = {json.dumps(url)};
// {HINT}
const body = {_body(body)};

async function ask(address, more = {{}}) {{
  const headers = {{
    "Content-Type": "application/json",
    Authorization: `Bearer ${{process.env.STUDIO_SERVICE_KEY}}`,
  }};
  const answer = await fetch(address, {{ headers, ...more }});
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
}}

let job = await ask(url, {{ method: "POST", body: JSON.stringify(body) }});
while (!["finished", "failed", "cancelled"].includes(job.state)) {{
  await new Promise((go) => setTimeout(go, 1000));
  job = await ask(`${{url}}/${{job.id}}`);
}}
console.log(JSON.stringify(job, null, 2));
"""


CSHARP = """var answer = await client.PostAsync(url, content);
var job = await answer.Content.ReadAsStringAsync();
if (!answer.IsSuccessStatusCode) throw new Exception(job);
Func<string, string> member = name => Regex.Match(job, "\\"" + name + "\\": *\\"(\\\\w+)\\"").Groups[1].Value;
while (member("state") == "queued" || member("state") == "running")
{
    await Task.Delay(1000);
    job = await client.GetStringAsync(url + "/" + member("id"));
}
Console.WriteLine(job);
"""


def _csharp(url: str, body: Mapping[str, Any]) -> str:
    return csharp_program(url, _body(body), CSHARP, ("System.Text.RegularExpressions",), HINT)


TRAINING: Mapping[str, Callable[[str, Mapping[str, Any]], str]] = {
    "curl": _curl,
    "python": _python,
    "r": _r,
    "javascript": _javascript,
    "csharp": _csharp,
}
"""By language what writes the program; `url` is that of the service's jobs."""
