"""The network that a node may use: a proxy of the worker's, which leads to the hosts that are allowed."""
