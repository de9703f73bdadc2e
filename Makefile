# make            set up, check, and build HTML, PDF and EPUB
# make WITNESS=…  the same, with the article's text from the copy named
# make test       set up and run every test
# make help       the other targets

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
BUILD := $(BIN)/python -m edition build --no-check

# Texts imported from a copy of one's own; git knows nothing of them. That one came or went is
# told by a file, since make does not see what is gone.
TEXTS := build/work/texts $(wildcard witness/*.md)
# What builds nothing writes nothing.
BUILDS := $(filter-out help setup lint format lock clean companion,$(or $(MAKECMDGOALS),all))
$(if $(BUILDS),$(shell mkdir -p build/work && echo '$(wildcard witness/*.md)' >build/work/texts.new \
          && { cmp -s build/work/texts.new build/work/texts \
               || cp build/work/texts.new build/work/texts; }))

INPUTS := $(shell find docs src -type f -not -path '*/.*' -not -name '*.pyc' \
            -not -path 'docs/manual/rules/*') $(wildcard *.bib) pyproject.toml CITATION.cff anchors.lock $(TEXTS)

.DELETE_ON_ERROR:
.PHONY: all help setup import companion check html pdf epub test lint format lock bench bench-book bench-verify fuzz clean \
  verify-reproducible serve latexpdf

ifeq ($(strip $(WITNESS)),)
all: check pdf epub
	@$(MAKE) --no-print-directory html
else
all: import
	@$(MAKE) --no-print-directory WITNESS=
endif

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

import: $(READY)
	@echo 'Importing $(WITNESS)…'
	@$(BIN)/edition import "$(WITNESS)"

companion: ## take the imported text away again; edits of it are kept in build/
	@if [ -d witness ]; then mkdir -p build && rm -rf build/witness && mv witness build/witness \
	  && echo 'The text is now in build/witness/.'; fi

check: $(READY) ## check every citation, quotation and anchor
	@echo 'Checking the citations…'
	@$(BIN)/edition check

html: build/html/.built ## build build/html/, with the books that were built last
pdf: build/edition.pdf ## build build/edition.pdf
epub: build/edition.epub ## build build/edition.epub

# The website carries the book and the e-book, with their digests. An editor who looks at a page
# does not wait for them: only where there are none yet do they come first, and a file as old as
# the younger of them tells when the website has to take them up.
BOOKS := build/edition.pdf build/edition.epub
CARRIED := build/work/books
$(if $(BUILDS),$(shell for book in $(wildcard $(BOOKS)); do \
          [ $(CARRIED) -nt $$book ] || touch -r $$book $(CARRIED); done))

# What is built at all, and what it is dated with, is told here; the rest is the command's work.
build/html/.built: $(READY) $(INPUTS) $(wildcard $(CARRIED)) | $(filter-out $(wildcard $(BOOKS)),$(BOOKS))
	@$(BUILD) html && touch $@

build/edition.pdf: $(READY) $(INPUTS)
	@$(BUILD) pdf

# The e-book knows the pages of the PDF.
build/edition.epub: $(READY) $(INPUTS) build/edition.pdf
	@$(BUILD) epub

test: $(READY) ## run every test, the linter and the type checker
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check -q
	@$(BIN)/mypy
	@$(BIN)/pytest -n auto --dist loadfile

lint: $(READY) ## run the linter and the type checker
	@$(BIN)/ruff check
	@$(BIN)/mypy

format: $(READY) ## format the code
	@$(BIN)/ruff format -q
	@$(BIN)/ruff check -q --fix

lock: ## resolve requirements.lock anew (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	  --extra build --extra import --extra lsp --extra serve --extra verify --group dev pyproject.toml -o requirements.lock

bench: $(READY) ## time the checker on generated editions (minutes)
	@$(BIN)/python bench/check.py

bench-book: $(READY) ## time the book against LuaLaTeX, up to 1,000 pages (minutes)
	@$(BIN)/python bench/book.py

MINUTES ?= 60
fuzz: $(READY) ## mutate texts and works, then run every command on hostile files (MINUTES=60)
	@$(BIN)/python tests/fuzz.py --rounds 20000
	@$(BIN)/python tests/hostile.py --minutes $(MINUTES)

SETS ?= build/quotations
bench-verify: $(READY) ## time the locating of quotations on the set in SETS (PEERS=… with others)
	@$(BIN)/python bench/verify.py $(SETS) --table $(if $(PEERS),--peers $(PEERS))

# The second build is elsewhere, on another clock, in another language and order of hashing.
TWICE := build/twice
SOURCES := $(wildcard docs src witness *.bib pyproject.toml requirements.lock \
             CITATION.cff anchors.lock Makefile)
AGAIN = $(MAKE) --no-print-directory -o $(CURDIR)/$(READY) BIN=$(CURDIR)/$(BIN) \
          READY=$(CURDIR)/$(READY) WITNESS= pdf epub html

verify-reproducible: $(READY) ## build twice, in two folders, and compare every byte
	@rm -rf $(TWICE) && mkdir -p $(TWICE)/one $(TWICE)/another/one
	@cp -Rp $(SOURCES) $(TWICE)/one && cp -Rp $(SOURCES) $(TWICE)/another/one
	@cd $(TWICE)/one && PYTHONPATH=src PYTHONHASHSEED=1 $(AGAIN)
	@cd $(TWICE)/another/one && PYTHONPATH=src PYTHONHASHSEED=2 TZ=Asia/Tokyo LC_ALL=C $(AGAIN)
	@for made in html edition.pdf edition.epub; do \
	  diff -rq $(TWICE)/one/build/$$made $(TWICE)/another/one/build/$$made || exit 1; done
	@rm -rf $(TWICE)
	@echo 'Both builds are the same to the byte.'

serve: $(READY) ## show the website and reload it after every change
	@$(BIN)/edition serve

latexpdf: export SOURCE_DATE_EPOCH ?= $(shell git log -1 --format=%ct)
latexpdf: $(READY) ## set the book with LaTeX instead, where a TeX is installed
	@command -v latexmk >/dev/null || { echo 'make: latexpdf needs a TeX with latexmk'; exit 1; }
	@$(BIN)/python -m sphinx -M latexpdf docs build/work/latexpdf -q

clean: ## remove what was built, keep .venv
	rm -rf build
