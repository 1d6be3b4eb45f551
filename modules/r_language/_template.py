"""The script a new node starts with."""

TEMPLATE = """\
# maml.mapInputPort(1) is the data.frame on Dataset1, maml.mapInputPort(2) the one on Dataset2.
dataset1 <- maml.mapInputPort(1)

# The files of a zip on the third port are in ./src/:
# source("src/yourfile.R")
# load("src/yourdata.rdata")

# What is printed, and every plot, appears on the R Device.
plot(dataset1)

# The name of the data.frame that goes to the output, in quotes.
maml.mapOutputPort("dataset1")
"""
