# Everything runs in environments that this file makes itself: .venv and its sisters beside it.
# PYTHON=/path/to/python3.12 picks the interpreter; without it the first one that is new enough.

PYTHON ?= $(firstword $(foreach python,python3 python3.13 python3.12 python3.11 python3.14,$(shell \
	$(python) -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(python))))
VENV ?= .venv
BIN := $(VENV)/bin
# quiet twice: only errors are shown
PIP := -m pip --quiet --quiet --disable-pip-version-check
PARALLEL := --numprocesses auto --dist worksteal
COVERAGE_FULL := --omit='*/cli/*,*/testing/*'
COVERAGE_REST := --include='*/cli/*,*/testing/*'

.DEFAULT_GOAL := help
.PHONY: help demo test tests test-deep test-all docs bench lint types imports unit wheel mutate clean

help:
	@echo 'demo       settle the bundled example portfolio and write it to out/'
	@echo 'test       everything that must hold before a change lands: lint, types, imports, unit, wheel'
	@echo 'test-deep  the tests with many more examples, and the long ones (those of Spark need a Java)'
	@echo 'test-all   the tests under each Python 3.11, 3.12, 3.13 found here'
	@echo 'docs       build the documentation into docs/_build/html'
	@echo 'bench      measure, each figure beside its bar'
	@echo 'lint, types, imports, unit, wheel   the parts of test'
	@echo 'mutate     change the code of ROOM (core) in SAMPLE (100) places, see which changes no test notices'
	@echo 'clean      remove what these targets made'

# --- environments: a stamp file says that one is ready --------------------------------------------------------------

$(VENV)/.made:
	@test -n '$(PYTHON)' || { echo 'no Python 3.11 or newer with venv was found: set PYTHON=/path/to/python3' >&2; exit 2; }
	@echo 'making $(VENV) with $(PYTHON)'
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python $(PIP) install --upgrade 'pip>=25.1'
	@touch $@

$(VENV)/.demo: $(VENV)/.made pyproject.toml
	@$(BIN)/python $(PIP) install --editable '.[cli]'
	@touch $@

$(VENV)/.dev: $(VENV)/.made pyproject.toml
	@echo 'installing what development needs into $(VENV)'
	@$(BIN)/python $(PIP) install --editable '.[all]' --group dev
	@touch $@

# --- what a user runs -----------------------------------------------------------------------------------------------

demo: $(VENV)/.demo
	@$(BIN)/gse-billing demo --out out

# --- what a change must pass ----------------------------------------------------------------------------------------

test: lint types imports unit wheel

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev
	$(BIN)/mypy
	$(BIN)/pyright --pythonpath $(BIN)/python

imports: $(VENV)/.dev
	$(BIN)/lint-imports

unit: $(VENV)/.dev
	$(BIN)/python -m pytest $(PARALLEL) --cov --cov-report=
	$(BIN)/coverage report $(COVERAGE_FULL) --fail-under=100
	$(BIN)/coverage report $(COVERAGE_REST) --fail-under=90

wheel: $(VENV)/.dev
	@rm -rf dist $(VENV)-wheel
	@$(BIN)/python $(PIP) wheel --no-deps --wheel-dir dist .
	@$(BIN)/python -m venv $(VENV)-wheel --without-pip
	@$(BIN)/python $(PIP) --python $(VENV)-wheel install "$$(echo dist/*.whl)[all]" --group test
	GSE_BILLING_INSTALLED=1 $(VENV)-wheel/bin/python -m pytest $(PARALLEL) --quiet tests/unit tests/golden tests/installed
	@# a constant without annotation counts as ambiguous there; what must not be is a type that nobody can know
	@PATH="$(abspath $(VENV)-wheel/bin):$$PATH" $(BIN)/pyright --ignoreexternal --verifytypes gse_billing > dist/types.txt || true
	@grep -q 'py.typed file: "' dist/types.txt && test "$$(grep -c 'With unknown type: 0' dist/types.txt)" -eq 2 \
		|| { cat dist/types.txt; exit 1; }
	@grep 'Type completeness score' dist/types.txt
	$(VENV)-wheel/bin/gse-billing demo --out dist/demo > dist/demo.txt

tests: $(VENV)/.dev
	$(BIN)/python -m pytest $(PARALLEL)

test-deep: $(VENV)/.dev
	@$(BIN)/python $(PIP) install --group spark
	HYPOTHESIS_PROFILE=deep $(BIN)/python -m pytest $(PARALLEL) -m 'deep or not deep'

test-all: $(VENV)/.dev
	@$(BIN)/python scripts/test_all.py 3.11 3.12 3.13

# --- the rest -------------------------------------------------------------------------------------------------------

docs: $(VENV)/.dev
	$(BIN)/sphinx-build --fail-on-warning --keep-going --quiet --builder html docs docs/_build/html
	@echo 'open docs/_build/html/index.html'

bench: $(VENV)/.dev
	@failed=; for module in $(filter-out __init__ paired,$(basename $(notdir $(wildcard benchmarks/*.py)))); do \
		echo "== $$module"; $(BIN)/python -m benchmarks.$$module || failed="$$failed $$module"; \
	done; test -z "$$failed" || { echo "over the bar:$$failed" >&2; exit 1; }

ROOM ?= core
SAMPLE ?= 100
SEED ?= 20161
mutate: $(VENV)/.dev
	@$(BIN)/python $(PIP) install --group mutate
	@$(BIN)/python scripts/mutate.py $(ROOM) --sample $(SAMPLE) --seed $(SEED)

clean:
	rm -rf .venv .venv-* build dist out docs/_build docs/reference/_generated .cache .coverage* htmlcov
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
