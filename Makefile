# make run    the app on this machine, with a trial database and broker of its own
# make test   the whole suite, on servers of its own (ARGS="tests/mentoring -k name" narrows it)
# make lint   style, types, architecture, templates
# make lock   newer versions of what requirements/ pins
# make clean  forget the trial data; make distclean forgets everything that make has made
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory --no-builtin-rules

PYTHON ?= python3
PY := .venv/bin/python
LOCKED := requirements/uv.txt requirements/base.txt requirements/trial.txt requirements/dev.txt
COMPILE := $(PY) -m uv pip compile --quiet --upgrade --generate-hashes --universal --python-version 3.11 \
  --no-emit-index-url --no-emit-find-links --no-annotate --no-header

.PHONY: help venv lock
help:
	@sed -n 's/^# make/make/p' Makefile

venv: .venv/ready

# The stamp comes last, so that a half-made environment is made again.
.venv/ready: $(LOCKED) requirements/node.txt
	@command -v "$(PYTHON)" >/dev/null || { echo "Needs Python 3.11 or newer: no $(PYTHON) on the PATH." >&2; exit 1; }
	"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Needs Python 3.11 or newer: $(PYTHON) is $$("$(PYTHON)" --version 2>&1) (say which with make PYTHON=…)." >&2; exit 1; }
	"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null \
	  || { echo "Needs Python's venv module: on Debian and Ubuntu, apt-get install python3-venv." >&2; exit 1; }
	echo "Installing Python packages into .venv …"
	rm -f .venv/ready
	$(PY) -c 'import pip' 2>/dev/null || "$(PYTHON)" -m venv --clear .venv
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	$(PY) -m uv pip sync --quiet --compile-bytecode --require-hashes --python $(PY) $(LOCKED) \
	  $$(command -v npm >/dev/null || echo requirements/node.txt)
	touch .venv/ready

lock: .venv/ready
	@$(COMPILE) pyproject.toml -o requirements/base.txt
	$(COMPILE) --group uv -o requirements/uv.txt
	$(COMPILE) --group node -c requirements/base.txt -o requirements/node.txt
	$(COMPILE) --group trial -c requirements/base.txt -o requirements/trial.txt
	$(COMPILE) --group dev -c requirements/base.txt -c requirements/trial.txt -o requirements/dev.txt
