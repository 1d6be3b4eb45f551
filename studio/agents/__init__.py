"""Agents look, try, run and propose through the Model Context Protocol, with a person's rights."""
