# make run    the app on this machine, with a database and a broker of its own; Ctrl-C stops it
# make test   the whole suite, on servers of its own (ARGS="tests/mentoring -k name" narrows it)
# make lint   style, types, which way things look, templates
# make format puts style right where it can be done by itself
# make lock   newer versions of what requirements/ pins
# make clean  forget the trial data
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory --no-builtin-rules

# Paths are relative: the checkout's own path may have spaces in it.
PYTHON ?= python3
PY := .venv/bin/python
ARGS ?=
LOCKED := requirements/uv.txt requirements/base.txt requirements/trial.txt requirements/fast.txt requirements/dev.txt
COMPILE := $(PY) -m uv pip compile --quiet --upgrade --generate-hashes --universal --python-version 3.11 \
  --no-emit-index-url --no-emit-find-links --no-annotate --no-header
DJLINT := $(PY) -m djlint --quiet templates

.PHONY: help venv assets run test lint format lock clean distclean

help:
	@sed -n 's/^# make/make/p' Makefile

# A stamp comes last in each rule, so that what was left half-made is made again.
venv: .venv/ready
assets: .static/staticfiles.json

.venv/ready: $(LOCKED)
	@command -v "$(PYTHON)" >/dev/null || \
	  { echo "Needs Python 3.11 or newer: there is no $(PYTHON) on the PATH." >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Needs Python 3.11 or newer; $(PYTHON) is older (make PYTHON=… names another)." >&2; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "Needs Python's venv module (on Debian and Ubuntu: apt-get install python3-venv)." >&2; exit 1; }
	@echo "Installing Python packages …"
	@rm -f $@
	@$(PY) -c 'import pip' 2>/dev/null || "$(PYTHON)" -m venv --clear .venv
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@$(PY) -m uv pip sync --quiet --compile-bytecode --require-hashes --python $(PY) $(LOCKED)
	@touch $@

# Where there is no npm, or it is too old for the lock file, one comes in a wheel.
node_modules/ready: package.json package-lock.json .npmrc | .venv/ready
	@echo "Installing npm packages …"
	@npm ci --loglevel error 2>/dev/null >&2 || { \
	  $(PY) -m uv pip install --quiet --require-hashes --python $(PY) -r requirements/node.txt && \
	  PATH="$$PWD/.venv/bin:$$PATH" npm ci --loglevel error >/dev/null; }
	@touch $@

.assets/nhsuk/nhsuk-frontend.min.css: node_modules/ready mentoring/assets.py
	@$(PY) -m mentoring.assets

# The manifest is what collectstatic writes last.
.static/staticfiles.json: .assets/nhsuk/nhsuk-frontend.min.css requirements/base.txt mentoring/settings.py \
  $(shell find static -type f 2>/dev/null)
	@echo "Collecting static files …"
	@LINTING=1 $(PY) manage.py collectstatic --noinput --clear --verbosity 0
	@touch $@

run: .venv/ready .static/staticfiles.json
	@exec $(PY) -m mentoring.embedded run

test: .venv/ready .static/staticfiles.json
	@exec $(PY) -m mentoring.embedded test -- -n 2 --dist worksteal $(ARGS)

# Style first, as it is soonest told; mypy and import-linter load the settings, without any secret.
lint: .venv/ready
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@LINTING=1 $(PY) -m mypy
	@LINTING=1 $(PY) -c 'from importlinter.cli import lint_imports_command; lint_imports_command()'
	@$(DJLINT) --lint
	@$(DJLINT) --check

format: .venv/ready
	@$(PY) -m ruff check --fix-only --quiet .
	@$(PY) -m ruff format --quiet .
	@$(DJLINT) --reformat || true

lock: .venv/ready
	@$(COMPILE) pyproject.toml -o requirements/base.txt
	@$(COMPILE) --group uv -o requirements/uv.txt
	@$(COMPILE) --group node -o requirements/node.txt
	@$(COMPILE) --group trial -c requirements/base.txt -o requirements/trial.txt
	@$(COMPILE) --group fast -c requirements/base.txt -o requirements/fast.txt
	@$(COMPILE) --group dev -c requirements/base.txt -c requirements/trial.txt -c requirements/fast.txt -o requirements/dev.txt
	@$(COMPILE) --group rival-mentor-match -o requirements/rival-mentor-match.txt
	@$(COMPILE) --group rival-matching -o requirements/rival-matching.txt

clean: .venv/ready
	@$(PY) -m mentoring.embedded clean

distclean: clean
	@rm -rf .venv .assets .static node_modules
