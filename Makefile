# One word each: make demo, make test, make check, ...
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: setup demo test test-slow check lint types evaluate corpus bench lock clean help

help: ## this list
	@grep -E '^[a-z-]+:.*##' Makefile | sed 's/:.*##/	/' | expand -t 14

setup: $(STAMP) ## a virtual environment with the locked versions

$(STAMP): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Tacitus needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12 demo" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $(STAMP)

demo: $(STAMP) ## code a full-length report
	$(BIN)/tacitus code examples/lake_border.txt --published 2019-05-24 --format table

test: $(STAMP) ## the default tests: lint, types, tests and accuracy floors
	$(BIN)/ruff check src tests training evaluation benchmarks
	$(BIN)/mypy
	$(BIN)/python -m pytest

test-slow: $(STAMP) ## the slow tests too
	$(BIN)/python -m pytest -m 'slow or not slow'

check: lint types ## lint and types only

lint: $(STAMP)
	$(BIN)/ruff check src tests training evaluation benchmarks

types: $(STAMP)
	$(BIN)/mypy

evaluate: $(STAMP) ## every accuracy figure, against its floor
	$(BIN)/python evaluation/run.py

corpus: $(STAMP) ## check the training corpus and count it
	$(BIN)/python training/corpus/format.py training/corpus/passages/*.txt
	$(BIN)/python training/corpus/shares.py training/corpus/passages/*.txt

bench: $(STAMP) ## speed and start-up
	$(BIN)/python benchmarks/speed.py
	$(BIN)/python benchmarks/gazetteer.py

lock: ## renew requirements.lock (needs uv)
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --no-header --output-file requirements.lock --upgrade

clean: ## remove what setup made
	rm -rf $(VENV)
