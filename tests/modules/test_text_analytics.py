"""Text Analytics: text cleaned, turned into numbers, and what can be found in it."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
import pytest

from modules.sdk.errors import ModuleError
from modules.sdk.transforms import replay
from modules.sdk.values import Table
from modules.text_analytics._wabbit_params import ScoreWabbitRawParams, TrainWabbitParams
from modules.text_analytics.detect_languages import DetectLanguagesParams, detect_languages
from modules.text_analytics.extract_key_phrases_from_text import (
    KeyPhrasesParams,
    extract_key_phrases_from_text,
)
from modules.text_analytics.extract_n_gram_features_from_text import (
    NGramParams,
    extract_n_gram_features_from_text,
)
from modules.text_analytics.feature_hashing import FeatureHashingParams, feature_hashing
from modules.text_analytics.latent_dirichlet_allocation import TopicParams, latent_dirichlet_allocation
from modules.text_analytics.named_entity_recognition import named_entity_recognition
from modules.text_analytics.preprocess_text import PreprocessParams, preprocess_text
from modules.text_analytics.score_vowpal_wabbit_version_8_model import score_vowpal_wabbit_version_8_model
from modules.text_analytics.train_vowpal_wabbit_version_8_model import train_vowpal_wabbit_version_8_model
from tests.modules.tables import values

OFF = {
    name: False
    for name, field in PreprocessParams.model_fields.items()
    if field.annotation is bool and not name.startswith(("remove_nouns", "remove_adj", "remove_verbs"))
}


def clean(text: str | None, **on) -> str | None:
    params = PreprocessParams(**{**OFF, **on})
    return values(preprocess_text(Table.of(t=[text, "x"]), params=params).results_dataset, "Preprocessed t")[
        0
    ]


@pytest.mark.parametrize(
    ("on", "text", "cleaned"),
    [
        ({}, " As it  is ", "As it is"),
        ({"normalize_case_to_lowercase": True}, "ÄRGER İ", "ärger i̇"),
        ({"remove_urls": True}, "see http://a.example/b?c=1 or www.x.org now", "see or now"),
        ({"remove_email_addresses": True}, "write to ann.lee+x@mail.example.org.", "write to ."),
        ({"remove_numbers": True}, "12 apples, B2B, 3.5% of 1,000", "apples, B2B, of"),
        ({"remove_duplicate_characters": True}, "yesss, coool", "yess, cool"),
        ({"normalize_backslashes_to_slashes": True}, "a\\b", "a/b"),
        ({"expand_verb_contractions": True}, "I'm sure she won't", "I am sure she will not"),
        ({"detect_sentences": True}, "One. Two? Three", "One. ||| Two? ||| Three"),
        ({"split_tokens_on_special_characters": True}, "MS-WORD", "MS - WORD"),
        ({"remove_special_characters": True}, "a&b (c)! ||| d_e", "a b c ||| d e"),
        ({"lemmatization": True}, "Mice were running", "mouse be run"),
        ({"remove_stop_words": True}, "The house of the Lord.", "house Lord."),
        ({"custom_regular_expression": r"(\d)-(\d)", "custom_replacement_string": r"\2:\1"}, "1-2", "2:1"),
        ({"language": "german", "lemmatization": True}, "Die Häuser", "der Haus"),
        ({"remove_stop_words": True}, "the", ""),
        ({}, None, None),
    ],
)
def test_each_way_to_clean_text_does_what_it_says(on, text, cleaned) -> None:
    assert clean(text, **on) == cleaned


def test_each_row_has_its_language_and_own_stop_words_take_the_place_of_the_known() -> None:
    table = Table.of(t=["the dogs", "les chiens", None, "x"], l=["English", "fr", "en", None])
    params = PreprocessParams(language="column", culture_language_column="l", text_column_to_clean="t")
    done = preprocess_text(table, Table.of(word=["Dog"]), params=params).results_dataset
    assert values(done, "Preprocessed t") == ["the", "le chien", None, None]
    with pytest.raises(ModuleError, match="Row 1 of l says 'Klingon'"):
        preprocess_text(Table.of(t=["a"], l=["Klingon"]), params=params)
    with pytest.raises(ModuleError, match="not a regular expression"):
        preprocess_text(
            table, params=PreprocessParams(text_column_to_clean="t", custom_regular_expression="(")
        )
    with pytest.raises(ModuleError, match="No tagger"):
        preprocess_text(table, params=PreprocessParams(remove_by_part_of_speech="true"))


def test_languages_are_told_by_name_code_and_score() -> None:
    texts = ["Il treno parte alle otto dalla stazione.", "これは日本語の文章です。", "12 34", ""]
    done = detect_languages(Table.of(t=texts), DetectLanguagesParams(text_column="t")).results_dataset
    assert values(done, "t Language") == ["Italian", "Japanese", "(Unknown)", "(Unknown)"]
    assert values(done, "t Iso6391 Language")[:2] == ["it", "ja"]
    scores = values(done, "t Iso6391 Language Score")
    assert all(0.9 < score <= 1 for score in scores[:2])
    assert scores[2:] == [0, 0]
    more = DetectLanguagesParams(upper_bound_on_number_of_languages_to_detect=3)
    assert "t Language 2" in detect_languages(Table.of(t=["hola amigo"]), more).results_dataset.names
    with pytest.raises(ModuleError, match="Column n is integer, not text"):
        detect_languages(Table.of(n=[1]), DetectLanguagesParams(text_column="n"))


def test_hashed_words_are_counted_as_murmur_says() -> None:
    from sklearn.utils import murmurhash3_32

    text = "größer ist größer"
    made = feature_hashing(Table.of(t=[text, None]), FeatureHashingParams(hashing_bitsize=4, n_grams=2))
    expected = Counter(
        murmurhash3_32(gram, seed=0) % 16
        if murmurhash3_32(gram, seed=0) >= 0
        else -murmurhash3_32(gram, seed=0) % 16
        for gram in ["größer", "ist", "größer", "größer ist", "ist größer"]
    )
    found = [values(made.transformed_dataset, f"t - Hashing feature {at + 1}") for at in range(16)]
    assert [row[0] for row in found] == [expected[at] for at in range(16)]
    assert {row[1] for row in found} == {0}
    with pytest.raises(ModuleError, match="choose a smaller number"):
        feature_hashing(Table.of(t=["a"]), FeatureHashingParams(hashing_bitsize=31))


PLAIN = {
    "use_filter_based_feature_selection": False,
    "minimum_n_gram_document_absolute_frequency": 1,
    "minimum_word_length": 1,
    "normalize_n_gram_feature_vectors": False,
}


def grams(texts, vocabulary=None, **params):
    made = extract_n_gram_features_from_text(
        Table.of(t=texts), vocabulary, params=NGramParams(**{**PLAIN, **params})
    )
    return made.results_dataset, made.result_vocabulary


def test_weights_of_n_grams_are_those_of_the_books() -> None:
    texts = ["a b a", "b c", None]
    tf, _ = grams(texts, weighting_function="tf_weight")
    assert [values(tf, f"t.[{gram}]") for gram in "abc"] == [[2, 0, 0], [1, 1, 0], [0, 1, 0]]
    both, vocabulary = grams(texts, weighting_function="tf_idf_weight")
    assert values(both, "t.[a]") == [2 * math.log(3), 0, 0]
    assert vocabulary.arrow().to_pydict() == {
        "Id": [0, 1, 2],
        "Ngram": ["a", "b", "c"],
        "DF": [1, 2, 1],
        "IDF": [math.log(3), math.log(1.5), math.log(3)],
    }
    unit, _ = grams(texts, weighting_function="tf_weight", normalize_n_gram_feature_vectors=True)
    assert values(unit, "t.[a]")[0] == pytest.approx(2 / math.sqrt(5))
    assert values(tf, "NumUniqueNgrams") == [2, 2, 0]
    graph, _ = grams(["a b c b"], weighting_function="graph_weight")
    ranks = {gram: values(graph, f"t.[{gram}]")[0] for gram in "abc"}
    assert ranks["b"] > ranks["a"] > 0
    assert sum(ranks.values()) == pytest.approx(1)


def test_n_grams_over_skipped_words_and_sentences() -> None:
    table, _ = grams(["x y z ||| w"], n_grams_size=2, k_skip_size=1, mark_begin_of_sentence=True)
    assert values(table, "NgramsString") == ["|||_x, |||_y, x, x_y, x_z, y, y_z, z, |||_w, w"]
    rare, _ = grams(["a b", "a c", "a"], minimum_n_gram_document_absolute_frequency=2)
    assert rare.names[3:] == ["t.[a]"]
    common, _ = grams(["a b", "a c", "a"], maximum_n_gram_document_ratio=0.5)
    assert common.names[3:] == ["t.[b]", "t.[c]"]


def test_a_vocabulary_is_read_counted_on_or_merged() -> None:
    _, old = grams(["a b", "a"])
    scored, same = grams(["b d", "a"], old, vocabulary_mode="read_only")
    assert same.arrow().equals(old.arrow())
    assert scored.names[3:] == ["OutOfVocabulary", "t.[a]", "t.[b]"]
    assert values(scored, "OutOfVocabulary") == [True, False]
    _, counted = grams(["b d"], old, vocabulary_mode="update")
    assert dict(zip(values(counted, "Ngram"), values(counted, "DF"), strict=True)) == {"a": 2, "b": 2, "d": 1}
    _, merged = grams(["b d"], old, vocabulary_mode="merge")
    assert dict(zip(values(merged, "Ngram"), values(merged, "DF"), strict=True)) == {"a": 2, "b": 1, "d": 1}
    with pytest.raises(ModuleError, match="needs a vocabulary"):
        grams(["a"], vocabulary_mode="read_only")
    with pytest.raises(ModuleError, match="no column IDF"):
        grams(["a"], Table.of(Ngram=["a"], DF=[1.0]), vocabulary_mode="read_only")


def test_the_n_grams_that_tell_the_target_are_kept() -> None:
    table = Table.of(t=["good food", "bad food", "good stay", "bad stay"], y=[1, 0, 1, 0])
    params = NGramParams(
        **{
            **PLAIN,
            "use_filter_based_feature_selection": True,
            "target_column": "y",
            "number_of_desired_features": 2,
            "text_column": "t",
        }
    )
    made = extract_n_gram_features_from_text(table, params=params)
    assert set(values(made.result_vocabulary, "Ngram")) == {"good", "bad"}
    with pytest.raises(ModuleError, match="Choose the column"):
        extract_n_gram_features_from_text(table, params=NGramParams(text_column="t"))


@pytest.mark.parametrize("dictionary", [True, False])
def test_topics_of_other_rows_are_those_of_scikit_learn(dictionary) -> None:
    from sklearn.decomposition import LatentDirichletAllocation
    from sklearn.feature_extraction.text import CountVectorizer

    texts = ["cat dog", "dog cat cat", "sun rain", "rain rain sun", None] * 4
    params = TopicParams(number_of_topics_to_model=2, n_grams=1, build_dictionary_of_ngrams=dictionary)
    done = latent_dirichlet_allocation(Table.of(t=texts), params)
    shares = np.column_stack([values(done.transformed_dataset, f"Topic {at}") for at in (1, 2)])
    assert shares.sum(axis=1) == pytest.approx(1)
    again = replay(done.lda_transformation, Table.of(t=["cat cat dog", "Ω"]))
    if dictionary:
        counts = CountVectorizer(token_pattern=r"\b\w+\b").fit_transform([text or "" for text in texts])
        model = LatentDirichletAllocation(
            2,
            doc_topic_prior=0.01,
            topic_word_prior=0.01,
            learning_method="online",
            batch_size=32,
            max_iter=25,
            total_samples=1000,
            learning_offset=1,
            learning_decay=0.5,
            random_state=0,
        )
        assert shares == pytest.approx(model.fit(counts).transform(counts), abs=1e-4)
        matrix = done.feature_topic_matrix
        assert values(matrix, "Feature") == ["cat", "dog", "rain", "sun"]
        assert sum(values(matrix, "Topic 1")) == pytest.approx(1)
        assert max(values(again, f"Topic {at}")[0] for at in (1, 2)) > 0.9
    with pytest.raises(ModuleError, match="no words"):
        latent_dirichlet_allocation(Table.of(t=["", None]), TopicParams())


def test_key_phrases_and_entities_of_odd_texts() -> None:
    table = Table.of(t=["", None, "42", "El gato negro de la casa vieja duerme."])
    done = extract_key_phrases_from_text(table, KeyPhrasesParams(language="spanish"))
    assert values(done.results_dataset, "Key Phrases") == ["", None, "", "casa vieja duerme"]
    found = named_entity_recognition(Table.of(t=[None, "Zoë Müller visited São Paulo, then NASA."])).entities
    assert values(found, "Mention") == ["Zoë Müller", "São Paulo", "NASA"]
    assert values(found, "Offset") == [0, 19, 35]
    assert set(values(found, "Article")) == {1}
    with pytest.raises(ModuleError, match="no column of text"):
        named_entity_recognition(Table.of(n=[1]))


def test_wabbit_learns_goes_on_and_scores() -> None:
    lines = Table.of(line=["1 'a | good hotel", "-1 | bad hotel", None, ""] * 30)
    params = TrainWabbitParams(vw_arguments="--loss_function logistic --passes 4 -c -b 12")
    model = train_vowpal_wabbit_version_8_model(lines, params=params).trained_model
    assert model.card["rows"] == 60
    new = Table.of(line=["1 | good", "-1 't | bad", None])
    said = ScoreWabbitRawParams(
        vw_arguments="--link logistic",
        include_an_extra_column_containing_labels=True,
        include_an_extra_column_containing_raw_scores=True,
    )
    done = score_vowpal_wabbit_version_8_model(model, new, said).results_dataset
    good, bad, none = values(done, "Scored Labels")
    assert good > 0.8 > 0.2 > bad
    assert none is None
    assert values(done, "Labels") == [1, -1, None]
    assert math.log(good / (1 - good)) == pytest.approx(values(done, "Raw Scores")[0], abs=1e-3)
    more = train_vowpal_wabbit_version_8_model(lines, model, params=TrainWabbitParams()).trained_model
    better = score_vowpal_wabbit_version_8_model(more, new, said).results_dataset
    assert values(better, "Scored Labels")[0] > good


def test_wabbit_reads_svmlight_and_refuses_files() -> None:
    params = TrainWabbitParams(please_specify_file_type="svmlight")
    lines = Table.of(line=["1 1:1 2:0.5 # c", "-1 3:1"] * 20)
    model = train_vowpal_wabbit_version_8_model(lines, params=params).trained_model
    done = score_vowpal_wabbit_version_8_model(
        model, Table.of(line=["0 1:1"]), ScoreWabbitRawParams(specify_data_type="svmlight")
    )
    assert values(done.results_dataset, "Scored Labels")[0] > 0.2
    for wrong, why in [
        ("-f /tmp/x", "-f cannot be given"),
        ("--nonsense", "Vowpal Wabbit stops"),
        ("-b 31", "31 bits of weights"),
        ("'", "read"),
        ("-d/etc/passwd", "cannot be given"),
        ("--cache_file=x", "cannot be given"),
    ]:
        with pytest.raises(ModuleError, match=why):
            train_vowpal_wabbit_version_8_model(lines, params=TrainWabbitParams(vw_arguments=wrong))
