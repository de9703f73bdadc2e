# make            set up, check, and build HTML, PDF and EPUB
# make test       set up and run every test
# make help       the other targets

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
SPHINX := $(BIN)/python -m sphinx -W --keep-going -q -j auto

# The same commit gives the same bytes: the date is the last commit's.
SOURCE_DATE_EPOCH ?= $(shell git log -1 --format=%ct 2>/dev/null || echo 1767225600)
export SOURCE_DATE_EPOCH

INPUTS := $(shell find docs src -type f -not -path '*/.*' -not -name '*.pyc' \
            -not -path 'docs/manual/rules/*') bibliography.bib pyproject.toml CITATION.cff anchors.lock

.DELETE_ON_ERROR:
.PHONY: bench-verify all help setup check html pdf epub test lint format lock bench fuzz clean

all: check html pdf epub

help: ## say what each target does
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/\t/' | expand -t 12

setup: $(READY) ## make .venv from requirements.lock

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo 'make: Python 3.11 or newer is needed (PYTHON=… names another one)'; exit 1; }
	@echo 'Setting up .venv (a minute or so)…'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

check: $(READY) ## check every citation, quotation and anchor
	@echo 'Checking the citations…'
	@$(BIN)/edition check

html: build/html/.built ## build build/html/
pdf: build/edition.pdf ## build build/edition.pdf
epub: build/edition.epub ## build build/edition.epub

# Sphinx works in build/work; only what was built without a warning replaces the last good output.
build/html/.built: $(READY) $(INPUTS)
	@echo 'Building build/html/…'
	@$(SPHINX) -b html -d build/work/doctrees/html docs build/work/html
	@rm -rf build/html.new && cp -R build/work/html build/html.new && touch build/html.new/.built
	@rm -rf build/html && mv build/html.new build/html

build/edition.pdf: $(READY) $(INPUTS)
	@echo 'Building build/edition.pdf…'
	@$(SPHINX) -b typst -d build/work/doctrees/typst docs build/work/typst
	@cp build/work/typst/edition.pdf $@.new && mv $@.new $@

build/edition.epub: $(READY) $(INPUTS)
	@echo 'Building build/edition.epub…'
	@$(SPHINX) -b epub -d build/work/doctrees/epub docs build/work/epub
	@cp build/work/epub/edition.epub $@.new && mv $@.new $@

test: $(READY) ## run every test, the linter and the type checker
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check -q
	@$(BIN)/mypy
	@$(BIN)/pytest -n auto

lint: $(READY) ## run the linter and the type checker
	@$(BIN)/ruff check
	@$(BIN)/mypy

format: $(READY) ## format the code
	@$(BIN)/ruff format -q
	@$(BIN)/ruff check -q --fix

lock: ## resolve requirements.lock anew (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	  --extra build --extra verify --extra engine --group dev pyproject.toml -o requirements.lock

bench: $(READY) ## time the checker on generated editions (minutes)
	@$(BIN)/python bench/check.py

fuzz: $(READY) ## check 100,000 mutated texts and bibliographies (some minutes)
	@$(BIN)/python tests/fuzz.py

clean: ## remove what was built, keep .venv
	rm -rf build

SETS ?= build/quotations
bench-verify: $(READY) ## time the locating of quotations on the set in SETS (PEERS=… with others)
	@$(BIN)/python bench/verify.py $(SETS) --table $(if $(PEERS),--peers $(PEERS))
