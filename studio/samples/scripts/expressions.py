# A service that computes: a table of Python expressions comes in, a table of expressions and values goes out.
# Publish the experiment, then call it with {"Inputs": {"input1": [{"expression": "6 * 7"}]}}.
import math

NAMES = {name: value for name, value in vars(math).items() if not name.startswith("_")}


def azureml_main(dataframe1=None, dataframe2=None):
    dataframe1["value"] = [evaluate(expression) for expression in dataframe1["expression"]]
    return (dataframe1[["expression", "value"]],)


def evaluate(expression):
    """The value as text; what is wrong with an expression stands in its own row, and the others go on."""
    try:
        return str(eval(expression, dict(NAMES)))
    except Exception as error:
        return f"{type(error).__name__}: {error}"
