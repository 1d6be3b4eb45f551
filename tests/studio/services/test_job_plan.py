"""Which steps of a service go through a large table in pieces."""

from __future__ import annotations

from typing import Any

from modules.exchange.plan import ServicePlan
from studio.services.job_plan import cut_inputs, job_steps, steps_as_one

SCRIPT = "def azureml_main(a, b=None):\n    return a,\n"
ROWS = {"caller": "input1"}


def plan_of(*steps: dict[str, Any]) -> ServicePlan:
    ends = [{"name": "input1", "columns": [{"name": "x", "type": "integer"}]}]
    last = steps[-1]["node"]
    return ServicePlan.model_validate(
        {
            "interface": {"inputs": ends, "outputs": [{"name": "output1", "columns": []}]},
            "steps": steps,
            "outputs": {"output1": {"node": last, "port": "result_dataset"}},
        }
    )


def step(
    node: str, inputs: dict[str, Any], module: str = "execute-python-script", **params: Any
) -> dict[str, Any]:
    params = {"script": SCRIPT, **params} if module == "execute-python-script" else params
    return {"node": node, "module": module, "params": params, "inputs": inputs}


def left(node: str, port: str = "result_dataset") -> dict[str, str]:
    return {"node": node, "port": port}


def test_the_input_that_holds_the_callers_rows_is_cut() -> None:
    model = {"artifact": "a" * 64}
    plan = plan_of(
        step("score", {"trained_model": model, "dataset": ROWS}, "score-model"),
        step("after", {"dataset1": left("score", "scored_dataset"), "dataset2": model}, row_by_row=True),
        step("other", {"dataset1": left("after")}),
    )
    assert cut_inputs(plan) == {"score": "dataset", "after": "dataset1", "other": "dataset1"}
    assert [each.pieces for each in job_steps(plan, {"input1": "b" * 64}, {})] == ["dataset", "dataset1", ""]
    assert steps_as_one(plan) == ["Execute Python Script"]


def test_a_step_that_gets_the_callers_rows_twice_is_not_cut() -> None:
    plan = plan_of(
        step("one", {"dataset1": ROWS}, row_by_row=True),
        step("both", {"dataset1": ROWS, "dataset2": left("one")}, row_by_row=True),
    )
    assert cut_inputs(plan) == {"one": "dataset1"}
    assert len(steps_as_one(plan)) == 1


def test_a_step_that_cannot_run_as_it_stands_is_told_as_one() -> None:
    """A parameter that each call has to give, or a module that is gone or has other settings by now."""
    plan = plan_of(
        step("a", {"dataset": ROWS}, "formula-column", formula="1 +"),
        step("b", {"dataset": ROWS}, "no-such-module"),
        step("c", {"dataset1": ROWS}, row_by_row="perhaps"),
    )
    assert steps_as_one(plan) == ["Formula Column", "no-such-module", "Execute Python Script"]
