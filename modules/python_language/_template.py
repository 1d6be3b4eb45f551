"""The script a new node starts with."""

TEMPLATE = """\
# The script MUST contain a function named azureml_main: it is what this module calls.
#
# It is given one pandas.DataFrame for each connected dataset port, in the order of the ports:
# the first connected table is the first argument. A parameter without an input is None.

# Imports and helpers go up here.
import pandas as pd


def azureml_main(dataframe1=None, dataframe2=None):

    # What is printed appears in the log and on the Python Device.
    print(f"Input pandas.DataFrame #1:\\n\\n{dataframe1}")

    # How far it is, from 0 to 1, is shown on the node: studio.progress(0.4)

    # A zip on the third port is unpacked into "Script Bundle" in the working directory, which is
    # on sys.path: a file mymodule.py in it is reached with
    # import mymodule

    # Every picture saved here and every matplotlib figure left open appears on the Python Device.

    # The result is a sequence whose first element is a pandas.DataFrame.
    return dataframe1,
"""
