"""The work of Extract N-Gram Features from Text: from texts to a vocabulary and columns of weights."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from modules.data_transformation._chosen import side_by_side
from modules.feature_selection.filter_based_feature_selection import filter_based_feature_selection
from modules.sdk.column import Column
from modules.sdk.errors import ModuleError
from modules.sdk.numbers import float_column
from modules.sdk.values import Table
from modules.text_analytics._ngrams import Shape, Vocabulary, frequent, ngrams, vocabulary_of, weights
from modules.text_analytics._texts import check_width, one_text_column, text_column, texts
from modules.text_analytics._vocabulary import merged, read_vocabulary, updated, vocabulary_table

if TYPE_CHECKING:
    from modules.text_analytics.extract_n_gram_features_from_text import NGramParams

Documents = Sequence[Sequence[str]]


def extract(table: Table, given: Table | None, params: NGramParams) -> tuple[Table, Table]:
    """The table with the columns of the n-grams behind it, and the vocabulary."""
    column = one_text_column(table, params.text_column, "text_column")
    shape = Shape(
        params.n_grams_size,
        params.k_skip_size,
        params.minimum_word_length,
        params.maximum_word_length,
        params.mark_begin_of_sentence,
    )
    documents = [ngrams(text or "", shape) for text in texts(column)]
    known = _vocabulary(documents, given, params)
    reading = params.vocabulary_mode == "read_only"
    check_width(len(table), len(known.frequency), 8, "The vocabulary", "vocabulary_mode" if reading else
                "minimum_n_gram_document_absolute_frequency")  # fmt: skip
    made = _columns(column.name, documents, known, params)
    if params.use_filter_based_feature_selection:
        names = _selected(table, made, params)
        made = [one for one in made if one.name in names]
        kept = {one.name[len(column.name) + 2 : -1] for one in made}
        known = Vocabulary(
            known.documents, {g: df for g, df in known.frequency.items() if g in kept}, known.idf
        )
    about = [
        Column("NumUniqueNgrams", pa.chunked_array([pa.array([len(set(d)) for d in documents], pa.int64())])),
        text_column("NgramsString", [", ".join(dict.fromkeys(d)) for d in documents]),
    ]
    if reading and params.detect_out_of_vocabulary_rows:
        out = [any(gram not in known.frequency for gram in found) for found in documents]
        about.append(Column("OutOfVocabulary", pa.chunked_array([pa.array(out, pa.bool_())])))
    return side_by_side(table, [*about, *made]), vocabulary_table(known)


def _vocabulary(documents: Documents, given: Table | None, params: NGramParams) -> Vocabulary:
    mode = params.vocabulary_mode
    if mode == "create":
        old = None
    elif given is None:
        raise ModuleError(
            "This vocabulary mode needs a vocabulary: wire the Result vocabulary of another node into the "
            "second "
            "port, or choose Create.",
            param="vocabulary_mode",
        )
    else:
        old = read_vocabulary(given)
        if mode == "read_only":
            return old
    new = vocabulary_of(documents)
    if old is not None and mode == "update":
        new = updated(old, new)
    least, ratio = params.minimum_n_gram_document_absolute_frequency, params.maximum_n_gram_document_ratio
    new = frequent(new, least, ratio)
    return merged(old, new) if old is not None and mode == "merge" else new


def _columns(name: str, documents: Documents, known: Vocabulary, params: NGramParams) -> list[Column]:
    place = {gram: at for at, gram in enumerate(known.frequency)}
    cells = np.zeros((len(place), len(documents)))
    for row, found in enumerate(documents):
        for gram, weight in weights(found, known, params.weighting_function).items():
            cells[place[gram], row] = weight
    if params.normalize_n_gram_feature_vectors:
        length = np.sqrt((cells**2).sum(axis=0))
        cells /= np.where(length > 0, length, 1.0)
    return [float_column(f"{name}.[{gram}]", cells[at]) for gram, at in place.items()]


def _selected(table: Table, made: list[Column], params: NGramParams) -> set[str]:
    """The names of the columns that the selection keeps, among those of the n-grams alone."""
    selection = params.selection()
    if params.feature_scoring_method == "count_based":
        chosen = Table.from_columns(made, len(table))
    else:
        names = selection.target_column.names(table)
        if len(names) != 1:
            raise ModuleError(
                "Choose the column that the n-grams should say something about, or set Use filter-based "
                "feature "
                "selection to False.",
                param="target_column",
            )
        chosen = Table.from_columns([table.column(names[0]), *made], len(table))
    kept = filter_based_feature_selection(chosen, selection).filtered_dataset.names
    return set(kept) & {column.name for column in made}
