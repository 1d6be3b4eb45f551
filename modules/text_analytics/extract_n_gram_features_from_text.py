"""Extract N-Gram Features from Text

Turns text into a column for each word or run of words, with a weight, and gives the vocabulary.

*Results dataset* has, behind the columns that were there, `NumUniqueNgrams` and `NgramsString` (how many
different n-grams the text has, and which), and a column `<column>.[<n-gram>]` for each n-gram of the
vocabulary. *Result vocabulary* lists them: `Id`, `Ngram`, `DF` (in how many texts), `IDF` (the logarithm of
texts / DF).

**Vocabulary mode**: *Create* makes it of these texts. *ReadOnly* takes the one on the second port as it is:
so new rows get the columns that a model was trained on; set *Use filter-based feature selection* to False
there. *Update* counts these texts into it; *Merge* adds the n-grams that it lacks and leaves the others as
they are.

**N-Grams size** is the longest run, **K-Skip size** how many words may be left out within one. Words are
letters and digits, as they are written: make them lower case in *Preprocess Text*, whose `|||` ends a
sentence. **Mark begin-of-sentence** makes runs that begin with `|||`.

**Weighting function**: *Binary* is 1 if the text has it, *TF* how often, *IDF* the vocabulary's, *TF-IDF*
the product of both, *Graph* its rank among its neighbors (TextRank). **Normalize n-gram feature vectors**
divides a row by its length, the root of the sum of squares.

In the modes that make a vocabulary, n-grams of fewer texts than *Minimum n-gram document absolute
frequency*, or of a larger share than *Maximum n-gram document ratio*, are left out. **Use filter-based
feature selection** keeps those that say most about the **Target column** (see *Filter Based Feature
Selection*). **Detect out-of-vocabulary rows** adds, in *ReadOnly*, the column `OutOfVocabulary`: whether a
text has an n-gram that the vocabulary lacks.

>>> table = Table.of(t=["good hotel", "bad hotel", "good food"])
>>> params = NGramParams(use_filter_based_feature_selection=False,
...     minimum_n_gram_document_absolute_frequency=2, weighting_function="tf_weight",
...     normalize_n_gram_feature_vectors=False)
>>> made = extract_n_gram_features_from_text(table, params=params)
>>> {name: made.results_dataset.column(name).data.to_pylist() for name in made.results_dataset.names[3:]}
{'t.[good]': [1.0, 0.0, 1.0], 't.[hotel]': [1.0, 1.0, 0.0]}
"""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

from modules.feature_selection.filter_based_feature_selection import METHODS, SCORED, FilterParams, Method
from modules.sdk.declare import module, port
from modules.sdk.params import Params, choice, columns, integer, number, toggle
from modules.sdk.selection import ColumnSelection
from modules.sdk.values import Table
from modules.text_analytics._texts import ALL_TEXT

MODES = {"create": "Create", "read_only": "ReadOnly", "update": "Update", "merge": "Merge"}
WEIGHTS = {
    "binary_weight": "Binary Weight",
    "tf_weight": "TF Weight",
    "idf_weight": "IDF Weight",
    "tf_idf_weight": "TF-IDF Weight",
    "graph_weight": "Graph Weight",
}
SELECTED = {"use_filter_based_feature_selection": [True]}


class NGramParams(Params):
    text_column: ColumnSelection = columns(ALL_TEXT, "Text column", of="dataset", single=True)
    vocabulary_mode: Literal["create", "read_only", "update", "merge"] = choice(
        "create", "Vocabulary mode", MODES, "ReadOnly, Update and Merge need the second port."
    )
    n_grams_size: int = integer(1, "N-Grams size", ge=1, le=10)
    k_skip_size: int = integer(0, "K-Skip size", ge=0, le=10)
    weighting_function: Literal[
        "binary_weight", "tf_weight", "idf_weight", "tf_idf_weight", "graph_weight"
    ] = choice("binary_weight", "Weighting function", WEIGHTS)
    minimum_word_length: int = integer(3, "Minimum word length", ge=1)
    maximum_word_length: int = integer(25, "Maximum word length", ge=2)
    minimum_n_gram_document_absolute_frequency: float = number(
        5.0, "Minimum n-gram document absolute frequency", ge=1
    )
    maximum_n_gram_document_ratio: float = number(1.0, "Maximum n-gram document ratio", ge=0.0001)
    detect_out_of_vocabulary_rows: bool = toggle(True, "Detect out-of-vocabulary rows")
    mark_begin_of_sentence: bool = toggle(False, "Mark begin-of-sentence")
    normalize_n_gram_feature_vectors: bool = toggle(True, "Normalize n-gram feature vectors")
    use_filter_based_feature_selection: bool = toggle(True, "Use filter-based feature selection")
    feature_scoring_method: Method = choice(
        "fisher_score", "Feature scoring method", METHODS, shown_when=SELECTED
    )
    target_column: ColumnSelection = columns(
        ColumnSelection.none(), "Target column", of="dataset", single=True, shown_when={**SELECTED, **SCORED}
    )
    number_of_desired_features: int = integer(
        1, "Number of desired features", ge=1, shown_when={**SELECTED, **SCORED}
    )
    minimum_number_of_non_zero_elements: int = integer(
        1,
        "Minimum number of non-zero elements",
        ge=1,
        shown_when={**SELECTED, "feature_scoring_method": ["count_based"]},
    )

    def selection(self) -> FilterParams:
        """The settings of the selection, as its module takes them."""
        return FilterParams(
            **{name: getattr(self, name) for name in FilterParams.model_fields if name in FROM}
        )


FROM = set(NGramParams.model_fields)


class NGrams(NamedTuple):
    results_dataset: Annotated[Table, port("Results dataset")]
    result_vocabulary: Annotated[Table, port("Result vocabulary")]


@module(version=1, synonyms=("tf-idf", "bag of words", "word counts", "vectorize", "text features"))
def extract_n_gram_features_from_text(
    dataset: Annotated[Table, port("Dataset")],
    input_vocabulary: Annotated[Table | None, port("Input vocabulary")] = None,
    *,
    params: NGramParams,
) -> NGrams:
    from modules.text_analytics._ngram_features import extract

    return NGrams(*extract(dataset, input_vocabulary, params))
