"""Preprocess Text

Cleans text, so that words which mean the same are written the same.

*Results dataset* has a column `Preprocessed <column>` for each column cleaned, behind those that were there.
Missing texts stay missing. What is on is done in this order:

1. **Custom regular expression** is replaced by the **Custom replacement string**, where `\\1` is the first
   group.
2. *Normalize backslashes to slashes*; *Remove URLs*; *Remove email addresses*.
3. *Expand verb contractions*, of English: `don't` becomes `do not`.
4. *Detect sentences*: `|||` is put between two sentences.
5. *Remove numbers* that are words of their own; *Remove duplicate characters*: of three and more of the
   same letter two stay; *Split tokens on special characters*: `well-known` becomes `well - known`.
6. *Lemmatization*: `mice` becomes `mouse`, `ran` becomes `run`, whatever the sentence says.
7. *Remove stop words*: such as `the` and `of`. A word goes if it, or its lemma, is one. **Stop words**, a
   table on the second port, takes the place of the list that is known: the words of its first column of
   text.
8. *Remove special characters*: all but letters, digits and `|||`; then *Normalize case to lowercase*.

**Language**, or for each row the one that **Culture-language column** says by name or code (as *Detect
Languages* writes it), decides about lemmas and stop words.

What runs here: lemmas by the dictionaries of simplemma, stop words of scikit-learn (English) and of the
package stop-words. ML Studio (classic) had other dictionaries, so that single words come out differently.
*Remove by part of speech* is not there: no tagger of words comes with Studio. Use a list of stop words
instead.

>>> table = Table.of(t=["The mice didn't eat it: see https://a.example/x!"])
>>> done = preprocess_text(table, params=PreprocessParams(remove_stop_words=False))
>>> done.results_dataset.column("Preprocessed t").data.to_pylist()
['the mouse do not eat it see']
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Annotated, Literal, NamedTuple

from modules.data_transformation._chosen import side_by_side, the_column
from modules.sdk.declare import module, port
from modules.sdk.errors import ModuleError
from modules.sdk.params import Params, choice, columns, text, toggle
from modules.sdk.selection import ColumnSelection
from modules.sdk.values import Table
from modules.text_analytics import _words
from modules.text_analytics._languages import LANGUAGES, row_languages, stop_words
from modules.text_analytics._texts import ALL_TEXT, text_column, text_columns, texts

Language = Literal["english", "spanish", "french", "dutch", "german", "italian", "column"]
TAGGED = {"remove_by_part_of_speech": ["true"]}
NO_TAGGER = "No tagger of words comes with Studio, so that nouns, adjectives and verbs are not told apart."


class PreprocessParams(Params):
    language: Language = choice("english", "Language", LANGUAGES)
    culture_language_column: ColumnSelection = columns(
        ColumnSelection.none(),
        "Culture-language column",
        of="dataset",
        single=True,
        shown_when={"language": ["column"]},
    )
    text_column_to_clean: ColumnSelection = columns(ALL_TEXT, "Text column to clean", of="dataset")
    remove_stop_words: bool = toggle(True, "Remove stop words")
    lemmatization: bool = toggle(True, "Lemmatization")
    remove_by_part_of_speech: Literal["false", "true"] = choice(
        "false", "Remove by part of speech", {"false": "False", "true": "True"}, not_yet=NO_TAGGER
    )
    remove_nouns: bool = toggle(True, "Remove nouns", shown_when=TAGGED)
    remove_adjectives: bool = toggle(True, "Remove adjectives", shown_when=TAGGED)
    remove_verbs: bool = toggle(True, "Remove verbs", shown_when=TAGGED)
    detect_sentences: bool = toggle(True, "Detect sentences", "Puts ||| between sentences.")
    normalize_case_to_lowercase: bool = toggle(True, "Normalize case to lowercase")
    remove_numbers: bool = toggle(True, "Remove numbers")
    remove_special_characters: bool = toggle(True, "Remove special characters")
    remove_duplicate_characters: bool = toggle(True, "Remove duplicate characters")
    remove_email_addresses: bool = toggle(True, "Remove email addresses")
    remove_urls: bool = toggle(True, "Remove URLs")
    expand_verb_contractions: bool = toggle(
        True, "Expand verb contractions", "Of English.", shown_when={"language": ["english", "column"]}
    )
    normalize_backslashes_to_slashes: bool = toggle(True, "Normalize backslashes to slashes")
    split_tokens_on_special_characters: bool = toggle(True, "Split tokens on special characters")
    custom_regular_expression: str = text("", "Custom regular expression")
    custom_replacement_string: str = text("", "Custom replacement string")


class Preprocessed(NamedTuple):
    results_dataset: Annotated[Table, port("Results dataset")]


@module(
    version=1,
    row_by_row=True,
    synonyms=("clean text", "lemmatize", "stop words", "tokenize", "normalize text", "nlp"),
)
def preprocess_text(
    dataset: Annotated[Table, port("Dataset")],
    stop_words: Annotated[Table | None, port("Stop words")] = None,
    *,
    params: PreprocessParams,
) -> Preprocessed:
    if params.remove_by_part_of_speech == "true":
        raise ModuleError(f"{NO_TAGGER} Set it to False.", param="remove_by_part_of_speech")
    chosen = text_columns(dataset, params.text_column_to_clean, "text_column_to_clean")
    said = None
    if params.language == "column":
        said = the_column(dataset, params.culture_language_column, "culture_language_column", "The language")
    languages = row_languages(params.language, said, len(dataset))
    own = None if stop_words is None else _own_words(stop_words)
    pattern = _pattern(params.custom_regular_expression)
    made = []
    for column in chosen:
        rows = zip(texts(column), languages, strict=True)
        cleaned = [
            None if value is None or code is None else _clean(value, code, own, pattern, params)
            for value, code in rows
        ]
        made.append(text_column(f"Preprocessed {column.name}", cleaned))
    return Preprocessed(side_by_side(dataset, made))


def _own_words(table: Table) -> frozenset[str]:
    first = next((column.name for column in table if column.type == "string"), None)
    if first is None:
        raise ModuleError("The table of stop words has no column of text.")
    words = texts(text_columns(table, ColumnSelection.of(first), "remove_stop_words")[0])
    return frozenset(word.strip().casefold() for word in words if word and word.strip())


def _pattern(written: str) -> re.Pattern[str] | None:
    try:
        return re.compile(written) if written else None
    except re.error as error:
        raise ModuleError(
            f"{written!r:.100} is not a regular expression: {error}.", param="custom_regular_expression"
        ) from None


def _clean(
    value: str,
    code: str,
    own: Collection[str] | None,
    pattern: re.Pattern[str] | None,
    params: PreprocessParams,
) -> str:
    if pattern:
        value = _replaced(pattern, params.custom_replacement_string, value)
    if params.normalize_backslashes_to_slashes:
        value = value.replace("\\", "/")
    if params.remove_urls:
        value = _words.URL.sub(" ", value)
    if params.remove_email_addresses:
        value = _words.EMAIL.sub(" ", value)
    if params.expand_verb_contractions and code == "en":
        value = _words.expanded(value)
    if params.detect_sentences:
        value = _words.sentences(value.strip())
    if params.remove_numbers:
        value = _words.NUMBER.sub(" ", value)
    if params.remove_duplicate_characters:
        value = _words.without_repeats(value)
    stop = (stop_words(code) if own is None else own) if params.remove_stop_words else None
    apart = params.split_tokens_on_special_characters
    value = _words.prepared_words(value, code, params.lemmatization, stop, apart)
    if params.remove_special_characters:
        value = " ".join(_words.SPECIAL.sub(" ", value).split())
    return value.lower() if params.normalize_case_to_lowercase else value


def _replaced(pattern: re.Pattern[str], by: str, value: str) -> str:
    try:
        return pattern.sub(by, value)
    except (re.error, IndexError) as error:
        raise ModuleError(
            f"The replacement {by!r:.100} cannot be used: {error}.", param="custom_replacement_string"
        ) from None
