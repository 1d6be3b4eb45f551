"""Where the palette differs from that of ML Studio (classic) on purpose, each with its reason."""

from __future__ import annotations

from collections.abc import Sequence

VARIANT = "Import Data and Export Data are one module each, with all of their sources and destinations."

ABSENT = {
    **dict.fromkeys(
        (
            "import-from-azure-blob-storage",
            "import-from-azure-sql-database",
            "import-from-azure-table",
            "import-from-cosmos-db",
            "import-from-data-feed-providers",
            "import-from-hive-query",
            "import-from-on-premises-sql-server-database",
            "import-from-web-url-via-http",
            "export-to-azure-blob-storage",
            "export-to-azure-sql-database",
            "export-to-azure-table",
            "export-to-hive-query",
        ),
        VARIANT,
    ),
    "import-images": "A node reaches no network, and classic's images lay in Azure.",
    "load-trained-model": "A node reaches no network; a trained model is a node's output, which others can "
    "be wired to.",
    "pretrained-cascade-image-classification": "OpenCV is no part of Studio, and the images came from "
    "Import Images.",
}
"""Modules that are not there, by slug."""

FITS, BEFORE, LINES = ("transformation",), ("transform",), ("dataset",)
MORE_INPUTS: dict[str, Sequence[str]] = {
    **dict.fromkeys(
        (
            "build-counting-transform",
            "clean-missing-data",
            "clip-values",
            "convert-to-indicator-values",
            "filter-based-feature-selection",
            "fisher-linear-discriminant-analysis",
            "group-categorical-values",
            "group-data-into-bins",
            "latent-dirichlet-allocation",
            "normalize-data",
            "principal-component-analysis",
            "replace-discrete-values",
            "select-columns-transform",
            "smote",
        ),
        FITS,
    ),
    **dict.fromkeys(("cross-validate-model", "train-model", "tune-model-hyperparameters"), BEFORE),
    **dict.fromkeys((f"train-vowpal-wabbit-version-{v}-model" for v in ("7-4", "7-10", "8")), LINES),
    "execute-python-script": ["model"],
    "apply-sql-transformation": ["t1", "t2", "t3"],
    "one-vs-all-multiclass": ["untrained_model"],
    "ordinal-regression": ["untrained_model"],
}
"""Inputs beside classic's: all optional, but for names that the contract fixes, and lines that came from
Azure."""

MORE_OUTPUTS: dict[str, Sequence[str]] = {
    **dict.fromkeys(
        (
            "clip-values",
            "convert-to-indicator-values",
            "filter-based-feature-selection",
            "group-categorical-values",
            "smote",
        ),
        FITS,
    ),
    "execute-python-script": ["result_model", "result_dataset2"],
    "partition-and-sample": ["o_dataset"],
    "export-data": ["written"],
}
"""Outputs beside classic's: what was learned, to do the same to other rows."""

CONTRACT = "the public contract fixes another name"
AZURE = "it names a place in Azure, which a node cannot reach; the rows come on a port"
SERVICE = "a service with a protocol of its own; Import Data and Export Data speak to files and SQL"
SHORTER = "our name is shorter; the one of classic, which is the label, is read, too"
ALWAYS = "every node's result is taken from the cache if nothing has changed"
REASONS: dict[str, dict[str, list[str]]] = {
    "apply-sql-transformation": {
        CONTRACT: ["table1: None", "table2: None", "table3: None", "no sql_query_script"]
    },
    "build-counting-transform": {
        "the page of classic wires a table and lists no port": ["dataset: table"],
        AZURE: [
            "no module_type",
            "no blob_name",
            "no account_name",
            "no account_key",
            "no container_name",
            "no count_columns",
            "no label_column",
            "no blob_format",
            "no default_storage_account_name",
            "no default_storage_account_key",
            "no default_container_name",
            "no cluster_uri",
            "no username",
        ],
    },
    "export-data": {
        SERVICE: ["data_destination lacks Hive Query", "data_destination lacks Azure Table"],
    },
    "import-data": {
        SERVICE: [
            "data_source lacks Hive Query",
            "data_source lacks Azure Table",
            "data_source lacks Data Feed Provider",
            "data_source lacks Azure DocumentDB",
        ],
        "a database on one's own premises is a SQL Database like others": [
            "data_source lacks On-Premises SQL Database"
        ],
    },
    "edit-metadata": {
        "dates are read in any usual form, and their order is a setting": [
            "no datetime_format",
            "no timespan_format",
        ],
        "the weights and the features are said where they are used": [
            "fields lacks Weights",
            "fields lacks Clear feature",
            "fields lacks Clear weight",
        ],
    },
    "enter-data-manually": {CONTRACT: ["no dataformat", "no hasheader", "data is text"]},
    "evaluate-probability-function": {"lambda is a word of Python; it is read, too": ["no lambda"]},
    "execute-python-script": {
        CONTRACT: ["no python_script"],
        "an environment says the version": ["no python_version"],
    },
    "execute-r-script": {CONTRACT: ["no r_script"], "one version of R is installed": ["no r_version"]},
    "group-categorical-values": {"any number, not one of a list": ["new_number_of_levels is integer"]},
    "import-count-table": {
        "the tables say what they are": [
            "no counting_type",
            "no count_table_type",
            "counted_data_set: None",
        ],
    },
    "join-data": {SHORTER: ["no keep_right_key_columns_in_joined_table"]},
    **{
        slug: {"a Net# script cannot run here; it is kept as text": ["neural_network_definition is text"]}
        for slug in ("multiclass-neural-network", "neural-network-regression", "two-class-neural-network")
    },
    "one-vs-all-multiclass": {CONTRACT: ["untrained_binary_classification_model: None"]},
    "ordinal-regression": {CONTRACT: ["untrained_binary_classification_model: None"]},
    "partition-and-sample": {"classic's name oDataset, in two words": ["odataset: None"]},
    "permutation-feature-importance": {CONTRACT: ["no metric_for_measuring_performance"]},
    "remove-duplicate-rows": {"classic's name tells nothing": ["no key_column_selection_filter_expression"]},
    **{
        f"score-vowpal-wabbit-version-{v}-model": {ALWAYS: ["no use_cached_results"]}
        for v in ("7-4", "7-10", "8")
    },
    "split-data": {
        SHORTER: [
            "no fraction_of_rows_in_the_first_output_dataset",
            "no randomized_split",
            "no random_seed",
            "no stratified_split",
        ],
        "examples; no default is of use": [
            'regular_expression defaults to \\"column name" pattern',
            'relational_expression defaults to \\"column name" > 0',
        ],
    },
    "test-hypothesis-using-t-test": {"classic's 0.95 rejects nearly everything": ["alpha defaults to 0.05"]},
    **{
        f"train-vowpal-wabbit-version-{v}-model": {
            ALWAYS: ["no use_cached_results"],
            AZURE: [
                "no azure_storage_account_name",
                "no azure_storage_key",
                "no azure_container_name",
                "no name_of_the_input_vw_file",
                "no name_of_the_output_readable_model_readable_model_file",
                "no name_of_the_output_inverted_hash_invert_hash_file",
            ],
        }
        for v in ("7-4", "7-10", "8")
    },
    "tune-model-hyperparameters": {
        CONTRACT: [
            "no specify_parameter_sweeping_mode",
            "no maximum_number_of_runs_on_random_sweep",
            "no maximum_number_of_runs_on_random_grid",
            "no metric_for_measuring_performance_for_classification",
            "no metric_for_measuring_performance_for_regression",
        ],
    },
    "unpack-zipped-datasets": {"the file itself says whether it is a zip": ["no compression_file_format"]},
}
"""Of a module: a reason, and what differs for it, as `test_classic_palette.deviations` says it."""

OTHERWISE = {(slug, what): why for slug, all in REASONS.items() for why, each in all.items() for what in each}
