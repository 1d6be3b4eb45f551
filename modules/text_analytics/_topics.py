"""Topics of texts: found, and the share that each has in other texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from modules.data_transformation._chosen import side_by_side
from modules.sdk.errors import ModuleError
from modules.sdk.fits import Fitted, needed
from modules.sdk.numbers import float_column
from modules.sdk.values import Table
from modules.text_analytics._texts import joined, text_columns

if TYPE_CHECKING:
    from modules.text_analytics.latent_dirichlet_allocation import TopicParams

WORD = r"(?u)\b\w+\b"
MOST_WEIGHTS = 800_000
"""Of n-grams × topics: as many numbers as a transformation may hold."""


class Topics(Fitted):
    """`weights`: of each topic, how often each n-gram is counted to it. `words`: the n-grams of a dictionary;
    None where n-grams are hashed to `bits`."""

    columns: list[str]
    n_grams: int
    words: list[str] | None
    bits: int
    weights: list[list[float]]
    alpha: float
    rho: float
    normalize: bool


def find_topics(table: Table, params: TopicParams) -> Topics:
    columns = text_columns(table, params.target_columns, "target_columns")
    rows = joined(columns, len(table))
    dictionary, count = params.dictionary(), params.number_of_topics_to_model
    words = None if dictionary is None else _dictionary(rows, params.n_grams, dictionary)
    width = len(words) if words is not None else 1 << params.bits()
    if width * count > MOST_WEIGHTS:
        raise ModuleError(
            f"{width:,} n-grams in {count:,} topics are {width * count:,} weights; a transformation holds "
            f"{MOST_WEIGHTS:,}. Choose fewer topics, a smaller dictionary or fewer bits."
        )
    found = Topics(
        columns=[column.name for column in columns],
        n_grams=params.n_grams,
        words=words,
        bits=params.bits(),
        weights=[],
        alpha=params.said("alpha_parameter"),
        rho=params.said("rho_parameter"),
        normalize=params.normalize,
    )
    model = _model(found, count)
    model.set_params(
        total_samples=params.said("estimated_number_of_documents"),
        batch_size=int(params.said("size_of_the_batch")),
        max_iter=int(params.said("number_of_training_iterations")),
        learning_offset=params.said("initial_value_of_iteration_used_in_learning_rate_update_schedule") + 1,
        learning_decay=params.said("power_applied_to_the_iteration_during_updates"),
    )
    matrix = _counts(rows, found)
    if not matrix.nnz:
        raise ModuleError("The texts have no words to find topics in.", param="target_columns")
    model.fit(matrix)
    return found.model_copy(update={"weights": np.round(model.components_, 6).tolist()})


def add_topics(table: Table, found: Topics) -> Table:
    """The table with a column for each topic behind it."""
    rows = joined(needed(table, found.columns), len(table))
    shares = np.zeros((len(rows), len(found.weights)))
    if rows:
        matrix = _counts(rows, found)
        shares = _restored(found).transform(matrix, normalize=found.normalize)
    return side_by_side(
        table, [float_column(f"Topic {at + 1}", shares[:, at]) for at in range(shares.shape[1])]
    )


def topic_matrix(found: Topics) -> Table:
    """A row for each n-gram: its weight in each topic."""
    weights = np.array(found.weights)
    if found.normalize:
        weights = weights / weights.sum(axis=1, keepdims=True)
    names = found.words if found.words is not None else [str(at) for at in range(weights.shape[1])]
    made: dict[str, Any] = {"Feature": pa.array(names, pa.large_string())}
    made |= {f"Topic {at + 1}": pa.array(weights[at], pa.float64()) for at in range(len(weights))}
    return Table.from_arrow(pa.table(made))


def _dictionary(rows: list[str], most: int, size: int) -> list[str]:
    from sklearn.feature_extraction.text import CountVectorizer

    counter = CountVectorizer(ngram_range=(1, most), max_features=size, token_pattern=WORD)
    try:
        counter.fit(rows)
    except ValueError:  # no words at all
        return []
    return [str(word) for word in counter.get_feature_names_out()]


def _counts(rows: list[str], found: Topics) -> Any:
    from scipy.sparse import csr_matrix
    from sklearn.feature_extraction.text import CountVectorizer, HashingVectorizer

    if found.words == []:
        return csr_matrix((len(rows), 0))
    if found.words is not None:
        return CountVectorizer(
            ngram_range=(1, found.n_grams), vocabulary=found.words, token_pattern=WORD
        ).transform(rows)
    return HashingVectorizer(
        n_features=1 << found.bits,
        ngram_range=(1, found.n_grams),
        token_pattern=WORD,
        norm=None,
        alternate_sign=False,
    ).transform(rows)


def _model(found: Topics, count: int) -> Any:
    from sklearn.decomposition import LatentDirichletAllocation

    return LatentDirichletAllocation(
        count,
        doc_topic_prior=found.alpha,
        topic_word_prior=found.rho,
        learning_method="online",
        random_state=0,
    )


def _restored(found: Topics) -> Any:
    """The model of these topics, as if it were just fitted."""
    from scipy.special import psi

    model = _model(found, len(found.weights))
    weights = np.array(found.weights)
    model.components_ = weights
    model.exp_dirichlet_component_ = np.exp(psi(weights) - psi(weights.sum(axis=1))[:, None])
    model.doc_topic_prior_, model.topic_word_prior_ = found.alpha, found.rho
    model.n_features_in_ = weights.shape[1]
    model.random_state_ = np.random.RandomState(0)
    return model
