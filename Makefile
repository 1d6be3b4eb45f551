# Everything a person types. What is missing is set up first; see tools/.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help run test mutants bench check dist lock fmt
export STUDIO_PYTHON := $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && command -v $$p && break; done)
PY := $(if $(STUDIO_PYTHON),$(STUDIO_PYTHON),@echo "Studio needs Python 3.11 or newer; none was found. Install it (Debian: apt install python3 python3-venv)." >&2; exit 1;)
VENV := .venv/bin/python

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

run: ## Set up what is missing, then start Studio on this machine
	@$(PY) -m tools.setup run
	@exec $(VENV) -I studio/supervise/tied.py TERM $$PPID $(VENV) manage.py up

test: ## Set up what is missing (a browser too) and run every test
	@$(PY) -m tools.setup test
	@exec $(VENV) -m tools.test $(ARGS)

mutants: ## Change the engine's core one thing at a time; a test must notice each (takes an hour)
	@$(PY) -m tools.setup test
	@exec $(VENV) -m tools.mutants $(ARGS)

bench: ## Run the benchmarks and print tables of ratios
	@$(PY) -m tools.setup bench
	@exec $(VENV) -m benchmarks $(ARGS)

check: ## Check format, lint, types, import rules and everything that is generated
	@$(PY) -m tools.setup check
	@exec $(VENV) -m tools.check

dist: ## Build one wheel with the page inside: pip install it anywhere, then `studio up`
	@$(PY) -m tools.setup dist
	@exec $(VENV) -m tools.dist

lock: ## Pin every Python package anew
	@$(PY) -m tools.setup check
	@exec $(VENV) -m tools.lock

fmt: ## Bring all sources into shape
	@$(PY) -m tools.setup check
	@exec $(VENV) -m tools.fmt
