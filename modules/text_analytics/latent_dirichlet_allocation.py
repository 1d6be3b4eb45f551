"""Latent Dirichlet Allocation

Finds topics in texts, as words that often stand together, and says how much each row is about each of them.

*Transformed dataset* has columns `Topic 1`, `Topic 2` … behind those that were there: with **Normalize**
the share of each topic in the text, else its weight in words. *Feature topic matrix* has a row for each
n-gram and a column for each topic: with *Normalize* the probability of the n-gram in the topic, else its
weight. *LDA transformation* does the same to other rows, in *Apply Transformation* or a service.

**Target column(s)**: several columns of text are read as one. Words are runs of letters and digits, in
lower case; clean them in *Preprocess Text* first, for stop words would make topics of their own.
**N-grams** takes runs of up to so many words. **Build dictionary of ngrams** keeps the most frequent ones,
up to a number; off, they are hashed, and the matrix has numbers in place of words.

**Rho** is the prior of words in topics, **Alpha** that of topics in texts; small ones make topics sharp. A
topic has no name and no fixed number: the same settings give the same topics, other rows give others.

scikit-learn's online variational method runs here, ML Studio (classic) ran Vowpal Wabbit's, which is the
same method; topics are alike, their order and numbers are not.

>>> table = Table.of(t=["cat dog cat", "dog cat dog", "sun rain sun", "rain sun rain"] * 5)
>>> params = TopicParams(number_of_topics_to_model=2, n_grams=1)
>>> done = latent_dirichlet_allocation(table, params)
>>> first = [value > 0.5 for value in done.transformed_dataset.column("Topic 1").data.to_pylist()[:4]]
>>> first[0] == first[1] != first[2] == first[3], done.transformed_dataset.names
(True, ['t', 'Topic 1', 'Topic 2'])
"""

from __future__ import annotations

from typing import Annotated, NamedTuple

from modules.sdk.declare import module, port
from modules.sdk.fits import Fits
from modules.sdk.params import Params, columns, integer, number, toggle
from modules.sdk.selection import ColumnSelection
from modules.sdk.transforms import BEFORE, fit_module
from modules.sdk.values import Table, Transform
from modules.text_analytics._texts import ALL_TEXT
from modules.text_analytics._topics import Topics, add_topics, find_topics, topic_matrix

ALL, FEW = {"show_all_options": [True]}, {"show_all_options": [False]}
MOST = 2**31 - 1


class TopicParams(Params):
    target_columns: ColumnSelection = columns(ALL_TEXT, "Target column(s)", of="dataset")
    number_of_topics_to_model: int = integer(5, "Number of topics to model", ge=1, le=1000)
    n_grams: int = integer(2, "N-grams", ge=1, le=10)
    normalize: bool = toggle(True, "Normalize")
    show_all_options: bool = toggle(False, "Show all options")
    rho_parameter: float = number(0.01, "Rho parameter", ge=0.00001, le=1, shown_when=ALL)
    alpha_parameter: float = number(0.01, "Alpha parameter", ge=0.00001, le=1, shown_when=ALL)
    estimated_number_of_documents: int = integer(
        1000, "Estimated number of documents", ge=1, le=MOST, shown_when=ALL
    )
    size_of_the_batch: int = integer(32, "Size of the batch", ge=1, le=1024, shown_when=ALL)
    initial_value_of_iteration_used_in_learning_rate_update_schedule: int = integer(
        0, "Initial value of iteration used in learning rate update schedule", ge=0, le=MOST, shown_when=ALL
    )
    power_applied_to_the_iteration_during_updates: float = number(
        0.5, "Power applied to the iteration during updates", ge=0, le=1, shown_when=ALL
    )
    number_of_training_iterations: int = integer(
        25, "Number of training iterations", "Passes over the texts.", ge=1, le=1024, shown_when=ALL
    )
    build_dictionary_of_ngrams: bool = toggle(True, "Build dictionary of ngrams", shown_when=FEW)
    maximum_size_of_ngram_dictionary: int = integer(
        20000, "Maximum size of ngram dictionary", ge=1, le=MOST,
        shown_when={**FEW, "build_dictionary_of_ngrams": [True]},
    )  # fmt: skip
    number_of_bits_to_use_for_feature_hashing: int = integer(
        12, "Number of bits to use for feature hashing", ge=1, le=31,
        shown_when={**FEW, "build_dictionary_of_ngrams": [False]},
    )  # fmt: skip
    build_dictionary_of_ngrams_prior_to_lda: bool = toggle(
        True, "Build dictionary of ngrams prior to LDA", shown_when=ALL
    )
    maximum_number_of_ngrams_in_dictionary: int = integer(
        20000, "Maximum number of ngrams in dictionary", ge=1, le=MOST,
        shown_when={**ALL, "build_dictionary_of_ngrams_prior_to_lda": [True]},
    )  # fmt: skip
    number_of_hash_bits: int = integer(
        12, "Number of hash bits", ge=1, le=31,
        shown_when={**ALL, "build_dictionary_of_ngrams_prior_to_lda": [False]},
    )  # fmt: skip

    def dictionary(self) -> int | None:
        """The most n-grams in the dictionary; None where they are hashed."""
        if self.show_all_options:
            own = self.build_dictionary_of_ngrams_prior_to_lda
            return self.maximum_number_of_ngrams_in_dictionary if own else None
        return self.maximum_size_of_ngram_dictionary if self.build_dictionary_of_ngrams else None

    def bits(self) -> int:
        return (
            self.number_of_hash_bits
            if self.show_all_options
            else self.number_of_bits_to_use_for_feature_hashing
        )

    def said(self, name: str) -> float:
        """A setting of *Show all options*: what the node says, or the default where they are not shown."""
        value = getattr(self, name) if self.show_all_options else type(self).model_fields[name].default
        return float(value)


class TopicsFound(NamedTuple):
    transformed_dataset: Annotated[Table, port("Transformed dataset")]
    feature_topic_matrix: Annotated[Table, port("Feature topic matrix")]
    lda_transformation: Annotated[Transform, port("LDA transformation")]


@module(
    version=1,
    synonyms=("lda", "topic model", "topics", "text features"),
    fits=Fits(Topics, find_topics, add_topics),
)
def latent_dirichlet_allocation(
    dataset: Annotated[Table, port("Dataset")],
    params: TopicParams,
    transformation: Annotated[Transform | None, BEFORE] = None,
) -> TopicsFound:
    table, transform = fit_module(latent_dirichlet_allocation, dataset, params, transformation)
    found = Topics.model_validate(transform.steps[-1].fitted)
    return TopicsFound(table, topic_matrix(found), transform)
