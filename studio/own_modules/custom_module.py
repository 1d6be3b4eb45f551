"""A custom module of ML Studio (classic), XML beside a script in R or Python, as an own module. Pure: it is
parsed, never executed.

The function that the XML names is called by a script of ours, so its arguments become params of the node.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree

from modules.registry import find
from modules.sdk.declare import declared_spec

LANGUAGES = {"r": "execute-r-script", "python": "execute-python-script"}
MOST_TABLES = 2
NODE = "run"
_ID = re.compile(r"[A-Za-z][A-Za-z0-9_]*\Z")


class CustomProblem(ValueError):
    """The file is no custom module, or one that cannot be read; the message says why."""


@dataclass
class Argument:
    """`usual`: its default, written in the script's language. `value`: what the script hands to the function,
    in the same."""

    id: str
    label: str
    help: str
    annotation: str
    usual: str
    value: str


@dataclass
class Custom:
    """`left_out`: what could not be taken over, as sentences."""

    definition: dict[str, Any]
    language: str
    left_out: list[str] = field(default_factory=list)


def read_custom(text: str, files: Mapping[str, str]) -> Custom:
    """The own module of an XML file; `files` has its script, by file name. CustomProblem if it cannot be."""
    root = _parsed(text)
    name, language = root.get("name", "").strip(), root.find("Language")
    if not name or language is None:
        raise CustomProblem("it has no name or no Language")
    kind = (language.get("name") or "").lower()
    if kind not in LANGUAGES:
        raise CustomProblem(f"its language is {language.get('name')!r}; R and Python are read")
    file, entry = language.get("sourceFile") or "", language.get("entryPoint") or ""
    if file not in files:
        raise CustomProblem(f"the script {file!r} is not beside it")
    if not re.fullmatch(r"[A-Za-z.][\w.]*" if kind == "r" else r"[A-Za-z_]\w*", entry):
        raise CustomProblem(f"{entry!r} is no name of a function")
    left_out: list[str] = []
    inputs, outputs = _inputs(root, left_out), _outputs(root, kind, left_out)
    arguments = [_argument(one, kind, left_out) for one in root.iter("Arg")]
    tables = [port["name"] for port in inputs]
    script = (_as_r if kind == "r" else _as_python)(files[file], entry, tables, arguments)
    definition = {
        "name": name[:100],
        "help": _text(root, "Description"),
        "icon": LANGUAGES[kind],
        "nodes": [
            {
                "id": NODE,
                "module": LANGUAGES[kind],
                "params": {"script": script},
                "position": {"x": 0, "y": 0},
            }
        ],
        "wires": [],
        "inputs": inputs,
        "outputs": outputs,
        "params": _params(LANGUAGES[kind], script, arguments),
    }
    return Custom(definition, "R" if kind == "r" else "Python", left_out)


def _parsed(text: str) -> ElementTree.Element:
    if re.search(r"<!(DOCTYPE|ENTITY)", text, re.IGNORECASE):
        raise CustomProblem("it defines entities of its own, which are not read")
    try:
        root = ElementTree.fromstring(text.lstrip("\ufeff").strip())  # noqa: S314  it has no entities
    except (ElementTree.ParseError, ValueError) as error:
        raise CustomProblem(f"it is not XML: {error}") from None
    if root.tag != "Module":
        raise CustomProblem(f"it begins with <{root.tag[:40]}>, a custom module with <Module>")
    return root


def _text(item: ElementTree.Element, tag: str) -> str:
    return " ".join((item.findtext(tag) or "").split())


def _id(item: ElementTree.Element) -> str:
    id = item.get("id") or ""
    if not _ID.match(id) or keyword.iskeyword(id):
        raise CustomProblem(f"{id!r:.60} is no id of a port or an argument")
    return id


def _inputs(root: ElementTree.Element, left_out: list[str]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for item in root.iter("Input"):
        id, label = _id(item), item.get("name") or item.get("id")
        if item.get("type") != "DataTable":
            left_out.append(f"The input {label} takes {item.get('type')}: an own module takes tables.")
        elif len(found) == MOST_TABLES:
            left_out.append(f"The input {label}: a script takes {MOST_TABLES} tables.")
        else:
            optional = item.get("isOptional", "").lower() == "true"
            end = f"{NODE}.dataset{len(found) + 1}"
            found.append({"name": id, "label": label, "type": "table", "optional": optional, "to": [end]})
    return found


def _outputs(root: ElementTree.Element, kind: str, left_out: list[str]) -> list[dict[str, Any]]:
    free = ["result_dataset"] if kind == "r" else ["result_dataset", "result_dataset2"]
    device = "r_device" if kind == "r" else "python_device"
    found: list[dict[str, Any]] = []
    for item in root.iter("Output"):
        id, label = _id(item), item.get("name") or item.get("id")
        port: dict[str, Any] = {"name": id, "label": label, "optional": False}
        if item.get("type") == "Visualization":
            found.append({**port, "type": "device", "from": f"{NODE}.{device}"})
        elif item.get("type") == "DataTable" and free:
            found.append({**port, "type": "table", "from": f"{NODE}.{free.pop(0)}"})
        else:
            left_out.append(
                f"The output {label} ({item.get('type')}) has no port at a script of this language."
            )
    return found


def _argument(item: ElementTree.Element, kind: str, left_out: list[str]) -> Argument:
    id, of = _id(item), (item.get("type") or "").lower()
    about = item.find("Properties")
    usual = "" if about is None else (about.get("default") or "")
    value = id
    if of in ("bool", "boolean"):
        annotation, text = "bool", _flag(usual.lower() == "true", kind)
    elif of in ("int", "double", "float"):
        annotation = "int" if of == "int" else "float"
        text = usual if re.fullmatch(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?", usual) else "0"
        text = text if annotation == "int" or "." in text or "e" in text.lower() else f"{text}.0"
    elif names := [one.get("id") or "" for one in item.iter("Item")]:
        names.sort(key=lambda one: one != usual)
        annotation, text = f"Literal[{', '.join(map(_quoted, names))}]", _quoted(names[0])
        if kind == "r":
            text = f"c({', '.join(map(_quoted, names))})"
            value = f"{id}[1]"
    else:
        annotation, text = "str", _quoted(usual if of != "columnpicker" else "")
        if of == "columnpicker":
            left_out.append(f"{item.get('name') or id} takes names of columns, with commas between them.")
            value = (
                f'trimws(strsplit({id}, ",")[[1]])'
                if kind == "r"
                else f"[one.strip() for one in {id}.split(',') if one.strip()]"
            )
    return Argument(id, item.get("name") or id, _text(item, "Description"), annotation, text, value)


def _flag(value: bool, kind: str) -> str:
    return str(value).upper() if kind == "r" else str(value)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    return f'"{escaped}"'


def _as_python(source: str, entry: str, tables: Sequence[str], arguments: Sequence[Argument]) -> str:
    takes = [f"{one}=None" for one in tables]
    takes += ["*"] * bool(arguments) + [f"{one.id}: {one.annotation} = {one.usual}" for one in arguments]
    gives = [f"{one}={one}" for one in tables] + [f"{one.id}={one.value}" for one in arguments]
    literal = (
        "from typing import Literal\n\n" if any("Literal" in one.annotation for one in arguments) else ""
    )
    return (
        f"{source.rstrip()}\n\n\n{literal}_entry = {entry}\n\n\n"
        f"def azureml_main({', '.join(takes)}):\n    return _entry({', '.join(gives)})\n"
    )


def _as_r(source: str, entry: str, tables: Sequence[str], arguments: Sequence[Argument]) -> str:
    takes = [*tables, *(f"{one.id} = {one.usual}" for one in arguments)]
    gives = [f"{one} = {one}" for one in tables] + [f"{one.id} = {one.value}" for one in arguments]
    return (
        f"{source.rstrip()}\n\n.entry <- {entry}\n\n"
        f"azureml_main <- function({', '.join(takes)}) .entry({', '.join(gives)})\n"
    )


def _params(slug: str, script: str, arguments: Sequence[Argument]) -> list[dict[str, Any]]:
    """As the page's form wants them. An argument that the script's reader does not see keeps its default."""
    spec = find(slug)
    said = {one.id: one for one in arguments}
    found = []
    for one in (spec.declared({"script": script}) if spec else None) or ():
        if argument := said.get(one.name):
            param = declared_spec(one).model_dump(mode="json")
            words = {"label": argument.label, "help": argument.help}
            found.append({**param, **words, "node": NODE, "param": one.name})
    return found
