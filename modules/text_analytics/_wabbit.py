"""Vowpal Wabbit models: trained on lines of text, kept as bytes, and asked for scores."""

from __future__ import annotations

import re
import shlex
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from modules.sdk.card import Card
from modules.sdk.column import Column
from modules.sdk.errors import ModuleError
from modules.sdk.numbers import float_column
from modules.sdk.selection import ColumnSelection
from modules.sdk.values import Model, Table
from modules.text_analytics._texts import text_column, text_columns, texts, words_of
from modules.text_analytics._wabbit_params import ScoreWabbitParams, TrainWabbitParams

REFUSED = words_of(
    """
    -d --data -f --final_regressor -i --initial_regressor -p --predictions -r --raw_predictions -t
    --testonly --cache_file --readable_model --invert_hash --invert_hash_readable --save_per_pass
    --save_resume_readable --daemon --port --port_file --pid_file --foreground --num_children
    --input_feature_regularizer --output_feature_regularizer_text --output_feature_regularizer_binary
    --per_feature_regularization_input --per_feature_regularization_output --feature_mask --dictionary
    --dictionary_path --span_server --audit_regressor --extra_metrics --args_file --initial_weights
    --driver_output --onethread --dsjson --json --chain_hash_json --flatbuffer --model --no_stdin
    """
)
MOST_BITS = 26
NUMBER = re.compile(r"\s*(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)(?=[\s|])")


@dataclass(frozen=True)
class WabbitModel:
    """What training leaves: the file of a model, as bytes."""

    data: bytes
    arguments: str


def train(slug: str, table: Table, before: Model | None, params: TrainWabbitParams) -> Model:
    lines = [line for line in _lines(table, params.please_specify_file_type) if line is not None]
    if not lines:
        raise ModuleError("There are no lines to learn from.")
    known = None if before is None else _wabbit(before)
    written = params.vw_arguments or (known.arguments if known else "")
    given = _arguments(written)
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as place:
        folder = Path(place)
        old = ["-i", _unpacked(known, folder), "--save_resume"] if known else []
        if any(each in ("-c", "--cache") or each.startswith("--passes") for each in given):
            old += ["--cache_file", str(folder / "cache")]
            given = [each for each in given if each not in ("-c", "--cache")]
        _run(lines, [*given, *old, "-f", str(folder / "model")], folder)
        data = (folder / "model").read_bytes()
    from modules.learning.pickling import pickled

    card = Card(
        task="unknown",
        learner=slug,
        params={"vw_arguments": written},
        trained=True,
        rows=len(lines),
        libraries={"vowpalwabbit": _version()},
    ).model_dump(mode="json")
    return Model(pickled(WabbitModel(data, written)), slug, "Vowpal Wabbit model", card)


def score(model: Model, table: Table, params: ScoreWabbitParams) -> Table:
    lines = _lines(table, params.specify_data_type)
    rows = [row for row, line in enumerate(lines) if line is not None]
    written = [line for line in lines if line is not None]
    said, raw = [""] * len(lines), [""] * len(lines)
    given = _arguments(params.vw_arguments)
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as place:
        folder = Path(place)
        files = {"-p": folder / "said", "-r": folder / "raw"}
        outputs = [part for option, path in files.items() for part in (option, str(path))]
        model_file = _unpacked(_wabbit(model), folder)
        if written:
            _run(written, [*given, "-t", "-i", model_file, *outputs], folder)
        for column, path in ((said, files["-p"]), (raw, files["-r"])):
            answers = path.read_text(errors="replace").splitlines() if path.exists() else []
            for row, answer in zip(rows, answers, strict=False):
                column[row] = answer
    columns = [_column("Scored Labels", said)]
    if params.include_an_extra_column_containing_labels:
        found = [NUMBER.match(line) if line else None for line in lines]
        columns.append(
            float_column("Labels", np.array([float(one[1]) if one else np.nan for one in found], float))
        )
    if getattr(params, "include_an_extra_column_containing_raw_scores", False):
        columns.append(_column("Raw Scores", raw))
    return Table.from_columns(columns, len(table))


def _lines(table: Table, kind: str) -> list[str | None]:
    """The lines in the first column of text; None where a row has none."""
    first = next((column.name for column in table if column.type == "string"), None)
    if first is None:
        raise ModuleError("The dataset has no column of text with lines of Vowpal Wabbit.")
    column = text_columns(table, ColumnSelection.of(first), "vw_arguments")[0]
    found = [" ".join(text.split("\n")).strip() if text else "" for text in texts(column)]
    made = [_of_svmlight(line) if kind == "svmlight" and line else line for line in found]
    return [line or None for line in made]


def _of_svmlight(line: str) -> str:
    label, _, features = line.partition("#")[0].strip().partition(" ")
    return f"{label} | {features}" if label else ""


def _arguments(written: str) -> list[str]:
    try:
        given = shlex.split(written)
    except ValueError as error:
        raise ModuleError(f"The VW arguments cannot be read: {error}.", param="vw_arguments") from None
    for each in given:
        name = each.partition("=")[0]
        short = name[:2] if re.fullmatch(r"-[dfiprt].*", name) else name
        if name in REFUSED or short in REFUSED:
            raise ModuleError(
                f"{name} cannot be given: lines, models and scores go over the ports, and there are no "
                "other files.",
                param="vw_arguments",
            )
    bits = re.search(r"(?:^|\s)(?:-b|--bit_precision)[\s=]*(\d+)", written)
    if bits and int(bits[1]) > MOST_BITS:
        raise ModuleError(
            f"{bits[1]} bits of weights do not fit into the memory; up to {MOST_BITS} may be asked for.",
            param="vw_arguments",
        )
    return given


def _run(lines: Sequence[str], arguments: Sequence[str], folder: Path) -> None:
    """Runs Vowpal Wabbit over these lines, as its command line would."""
    from vowpalwabbit import Workspace

    data = folder / "lines"
    data.write_text("\n".join(lines) + "\n", encoding="utf-8")
    try:
        made = Workspace(arg_list=[*arguments, "--quiet", "-d", str(data)])
        made.finish()
    except RuntimeError as error:
        told = str(error).replace(str(folder), "").strip()[:500]
        raise ModuleError(f"Vowpal Wabbit stops: {told}.", param="vw_arguments") from None


def _wabbit(model: Model) -> WabbitModel:
    from modules.learning.pickling import opened

    thing = opened(model)
    if not isinstance(thing, WabbitModel):
        raise ModuleError(
            "The model is none of Vowpal Wabbit. Connect the output of a Train Vowpal Wabbit module; other "
            "models "
            "are scored in Score Model."
        )
    return thing


def _unpacked(thing: WabbitModel, folder: Path) -> str:
    path = folder / "before"
    path.write_bytes(thing.data)
    return str(path)


def _column(name: str, answers: Sequence[str]) -> Column:
    """Answers as numbers, if each begins with one and has no other; a tag behind it is left out."""
    plain = [answer.split(" ")[0] if answer else "" for answer in answers]
    several = any(":" in answer or "," in answer for answer in answers)
    if not several:
        try:
            return float_column(name, np.array([float(each) if each else np.nan for each in plain], float))
        except ValueError:
            pass
    return text_column(name, [answer or None for answer in answers])


def _version() -> str:
    import vowpalwabbit

    return str(vowpalwabbit.__version__)
