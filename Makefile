# Broadside: everything a newcomer needs. `make run` and `make test` work on a fresh machine.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ENV := $(VENV)/.installed
TEST_ENV := $(VENV)/.installed-for-tests
SHELL := /bin/bash
.SHELLFLAGS := -o pipefail -c
TESTS ?= tests e2e
INSTALL := $(BIN)/python -m pip install --disable-pip-version-check --no-input --require-hashes --progress-bar off
COUNT := awk '/^(Collecting|Installing)/ { printf "\r  %d packages", ++n; fflush() } /ERROR|error/ { print } END { print "" }'

.PHONY: help run site test bench lock lint translations

help:  ## Show the targets.
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

run: $(ENV)  ## Serve the demonstration site on http://127.0.0.1:8000 (PORT and INSTANCE move it).
	@exec $(BIN)/flask serve --demo

site: $(ENV)  ## The same for a real site, without the demonstration.
	@exec $(BIN)/flask serve

test: $(TEST_ENV)  ## Run unit, integration and browser tests (DATABASE_URL: on PostgreSQL).
	@$(BIN)/python e2e/install_browser.py
	$(BIN)/python -m pytest $(TESTS) $(ARGS)

bench: $(ENV)  ## Measure the pages at 2,000 and at 200,000 posts.
	$(BIN)/python -m bench

lint: $(TEST_ENV)  ## Check style.
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

lock: $(TEST_ENV)  ## Compile requirements*.txt from pyproject.toml.
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" \
		pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" \
		pyproject.toml --group test -c requirements.txt -o requirements-test.txt

translations: $(ENV)  ## Collect the interface's texts into the catalogs, and say which are missing.
	@$(BIN)/python -m cms.translations

$(BIN)/python:
	@echo "Making the environment in $(VENV)."
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed (PYTHON=…)."; exit 1; }
	@$(PYTHON) -m venv $(VENV) >/dev/null 2>&1 || { $(PYTHON) -m venv --clear --without-pip $(VENV) \
		&& $(PYTHON) -m pip --python $(BIN)/python install --quiet pip; }  # Debian keeps ensurepip apart

$(ENV): $(BIN)/python requirements.txt
	@echo "Installing what the site needs (once; about a minute)."
	@$(INSTALL) -r requirements.txt 2>&1 | $(COUNT)
	@$(BIN)/python -m compileall -q cms
	@touch $@

$(TEST_ENV): $(ENV) requirements-test.txt
	@echo "Installing what the tests need."
	@$(INSTALL) -r requirements-test.txt 2>&1 | $(COUNT)
	@touch $@
