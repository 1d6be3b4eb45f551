"""Create R Model

Makes a learner of two R scripts: one that trains, and one that scores.

Connect it to *Train Model*, then that to *Score Model*. **Trainer R script** finds the training rows in
`dataset`, a data frame, and leaves its model in `model`. **Scorer R script** finds `model` and the rows to
score in `dataset`, and leaves in `scores` a data frame with a row for each of them. In both,
`get.feature.columns(dataset)` and `get.label.columns(dataset)` give these columns,
`get.feature.column.names(dataset)` and `get.label.column.names(dataset)` their names. Rows to score come
without the label.

The prediction is the column `Scored Labels` of the scores, or their first one. With a column `Scored
Probabilities`, of the second of two classes in the order of the alphabet, the model can be evaluated in
full, beyond ML Studio (classic), which could evaluate no model of R. A model can be tuned and
cross-validated as any other, without ranges.

The R that is installed runs the scripts, without a network. When one fails, the error is R's message with
the line.

>>> params = RModelParams(trainer_r_script="model <- lm(y ~ x, dataset)")
>>> create_r_model(params).untrained_model.class_name
'Create R Model'
"""

from __future__ import annotations

from modules.learning.learner import Untrained
from modules.r_language.execute_r_script import r_is_missing
from modules.sdk.declare import module
from modules.sdk.params import Params, code

TRAINER = """\
# dataset: the rows to learn from. Leave what is learned in model.
label <- get.label.columns(dataset)[[1]]
model <- lm(label ~ ., data = data.frame(label, get.feature.columns(dataset)))
"""
SCORER = """\
# dataset: the rows to score. Leave a row for each of them in scores.
scores <- data.frame("Scored Labels" = predict(model, data.frame(dataset)), check.names = FALSE)
"""


class RModelParams(Params):
    trainer_r_script: str = code(TRAINER, "Trainer R script", "r", "Reads dataset, sets model.")
    scorer_r_script: str = code(SCORER, "Scorer R script", "r", "Reads model and dataset, sets scores.")


@module(version=1, missing=r_is_missing, synonyms=("r", "learner", "script", "caret"))
def create_r_model(params: RModelParams) -> Untrained:
    from modules.learning.recipe import Recipe
    from modules.r_language._r_model import RModel

    thing = RModel(params.trainer_r_script, params.scorer_r_script)
    return Untrained(Recipe("Create R Model", thing=thing).model())
