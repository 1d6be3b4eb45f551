"""A model: a learner, trained or not. A card says in plain data what it is; a pickle beside holds it."""

from __future__ import annotations

import builtins
import json
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from pydantic import ValidationError

from modules.learning.versions import other_versions
from modules.sdk.card import Card
from modules.sdk.values import Model
from modules.wire_types.plain_data import check_plain_data
from modules.wire_types.stored import (
    DRAFT,
    Count,
    Download,
    Drafts,
    Findings,
    Inputs,
    Names,
    Object,
    Part,
    Question,
    Refused,
    StoredValue,
    parts_by_name,
)

UNKNOWN = {"task": "unknown", "learner": ""}
"""The card of a model that has none."""


class ModelMembers(Card):
    """What the API tells of a model: its card. `libraries_now`: the versions of now of those libraries that
    were others when it was trained."""

    class_name: str
    text: str
    libraries_now: dict[str, str] | None = None


class StoredModel(StoredValue):
    """`object` is None if there is no pickle: the card of an untrained model says all there is."""

    value_class = Model
    members = ModelMembers

    type: Literal["model"] = "model"
    object: Object | None = None
    bytes: Count = 0
    class_name: str
    text: str = ""
    card: dict[str, Any] = {}

    def parts(self) -> Sequence[Part]:
        return () if self.object is None else (self,)  # type: ignore[return-value]  # its object is a name

    def renamed(self, names: Names) -> StoredModel:
        return super().renamed(names)

    def identity(self) -> builtins.bytes:
        return self.model_dump_json(exclude=self._absent()).encode()

    def data(self) -> dict[str, Any]:
        return self.model_dump(mode="json", exclude=self._absent())

    def _absent(self) -> set[str]:
        """The members that models did not have once: an old one is still called the same."""
        return {name for name in ("object", "card") if not getattr(self, name)}

    def read(self, port: str, inputs: Inputs) -> Model:
        pickled = None if self.object is None else inputs.data(self.object).to_pybytes()
        return Model(pickled, self.class_name, self.text, self.card, self.object)

    @classmethod
    def write(cls, value: Model, drafts: Drafts) -> StoredModel:
        facts = {"class_name": value.class_name, "text": value.text, "card": value.card}
        known = drafts.find(parts_by_name).get(value.origin or "")
        if isinstance(known, StoredModel):
            return cls(object=known.object, bytes=known.bytes, **facts)
        if value.pickled is None:
            return cls(**facts)
        path = drafts.draft("model")
        size = path.write_bytes(value.pickled)
        return cls(object=DRAFT + path.name, bytes=size, **facts)

    @classmethod
    def answer(cls, value: Model, question: Question) -> Any:
        from modules.look import models

        args = question.args
        match question.verb:
            case "model":
                return models.model_facts(value)
            case "tree":
                return models.model_tree(value, args["tree"], args["levels"])
            case "clusters":
                return models.model_clusters(value)
            case "inputs":
                return models.model_inputs(value)
            case "try":
                return models.try_model(value, args["row"])
            case "difference":
                return models.model_difference(value, question.others["other"])
            case "export":
                name = f"export.{args['format']}"
                return {"file": name, **models.export_model_to(value, args["format"], question.folder / name)}
        return super().answer(value, question)

    def check(self, found: Findings) -> None:
        check_plain_data(self.card, "card")
        try:
            Card.model_validate(self.card or UNKNOWN)
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            place = ".".join(str(part) for part in first["loc"])
            raise Refused(f"The card of the model is wrong at {place!r:.100}: {first['msg']}.") from None
        super().check(found)

    @classmethod
    def told(cls, data: Mapping[str, Any], most: int | None) -> dict[str, Any]:
        card = Card.model_validate(data.get("card") or UNKNOWN)
        facts: dict[str, Any] = {"class_name": data["class_name"], "text": data["text"]}
        if others := other_versions(card.libraries):
            facts["libraries_now"] = {name: now for name, (_, now) in others.items()}
        return {**card.model_dump(mode="json"), **facts}

    def downloads(self) -> Sequence[Download]:
        card = (
            [Download("json", "application/json", text=json.dumps(self.card, indent=1))] if self.card else []
        )
        return [Download("pickle", "application/octet-stream", self.object), *card] if self.object else card
