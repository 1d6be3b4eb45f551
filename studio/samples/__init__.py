"""Runnable experiments that a new home opens with, made from data inside installed packages."""
