"""Extract Key Phrases from Text

Takes the phrases out of each text that say most about it.

*Results dataset* has one column, `Key Phrases`: of each row its phrases, best first, with commas between, as
they are written in the text. No other column passes; put them side by side with Add Columns. A text without a
phrase has an empty value, and a missing text a missing one.

**Language**, or for each row the one that **Culture-language column** says by name or code, decides which
words part phrases.

What runs here is RAKE: a phrase is a run of up to four words between stop words and marks. A word counts
more the longer the phrases are in which it stands; the best third of a text's phrases is kept. ML Studio
(classic) looked for noun phrases with a tagger, so that its phrases are near to these, not the same.

>>> table = Table.of(t=["The hotel was close to the old town hall, and the breakfast was good."])
>>> done = extract_key_phrases_from_text(table, KeyPhrasesParams())
>>> done.results_dataset.column("Key Phrases").data.to_pylist()
['old town hall, hotel']
"""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

from modules.data_transformation._chosen import the_column
from modules.sdk.declare import module, port
from modules.sdk.params import Params, choice, columns
from modules.sdk.selection import ColumnSelection
from modules.sdk.values import Table
from modules.text_analytics._languages import LANGUAGES, row_languages, stop_words
from modules.text_analytics._phrases import key_phrases
from modules.text_analytics._texts import ALL_TEXT, one_text_column, text_column, texts

Language = Literal["english", "spanish", "french", "dutch", "german", "italian", "column"]


class KeyPhrasesParams(Params):
    text_column: ColumnSelection = columns(ALL_TEXT, "Text column", of="dataset", single=True)
    language: Language = choice("english", "Language", LANGUAGES)
    culture_language_column: ColumnSelection = columns(
        ColumnSelection.none(),
        "Culture-language column",
        of="dataset",
        single=True,
        shown_when={"language": ["column"]},
    )


class KeyPhrases(NamedTuple):
    results_dataset: Annotated[Table, port("Results dataset")]


@module(version=1, synonyms=("keywords", "rake", "summary", "topics"))
def extract_key_phrases_from_text(
    dataset: Annotated[Table, port("Dataset")], params: KeyPhrasesParams
) -> KeyPhrases:
    column = one_text_column(dataset, params.text_column, "text_column")
    said = None
    if params.language == "column":
        said = the_column(dataset, params.culture_language_column, "culture_language_column", "The language")
    found = [
        None if value is None or code is None else ", ".join(key_phrases(value, stop_words(code)))
        for value, code in zip(texts(column), row_languages(params.language, said, len(dataset)), strict=True)
    ]
    return KeyPhrases(Table.from_columns([text_column("Key Phrases", found)], len(dataset)))
