# Alna. `make` alone lists what can be done.

VENV   ?= .venv
PORT   ?= 8000
HOST   ?= 127.0.0.1
PY     := $(VENV)/bin/python
PIP    := $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes
STAMPS := $(VENV)/stamps
ASSETS := static/vendor/.made

CATALOGUES := $(wildcard locale/*/LC_MESSAGES/*.po)
COMPILED   := $(CATALOGUES:.po=.mo)
OWN_PYTHON := $(wildcard alna overview annualcycle imports governance risks reporting surveys deviations qualitydocs \
                         scorecard actions organisation notifications common tests scripts benchmarks manage.py)

.DEFAULT_GOAL := help
.SUFFIXES:
.DELETE_ON_ERROR:

##@ Use

.PHONY: help
help: ## List the targets
	@awk 'BEGIN {FS = ":.*## "} /^##@/ {printf "\n%s\n", substr($$0, 5)} /^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))
	@echo

.PHONY: setup
setup: $(STAMPS)/core $(ASSETS) $(COMPILED) ## Environment, front-end files and translations, nothing else

.PHONY: demo
demo: setup ## Everything on one port with demonstration data (PORT=8000 HOST=127.0.0.1)
	@exec $(PY) -m scripts.run_demo --host $(HOST) --port $(PORT)

##@ Work on it

.PHONY: test
test: setup $(STAMPS)/dev ## All tests this machine can run, and what was left out
	@$(PY) -m scripts.run_tests $(ARGS)

.PHONY: check
check: setup $(STAMPS)/dev ## Format, lint, types, import contracts, guards, migrations, translations
	@$(PY) -m scripts.run_checks $(ARGS)

.PHONY: format
format: $(STAMPS)/dev ## Put Python and templates in their form
	@$(PY) -m ruff check --quiet --fix-only --exit-zero $(OWN_PYTHON)
	@$(PY) -m ruff format $(OWN_PYTHON)
	@$(PY) -m scripts.run_checks --format-templates

.PHONY: messages
messages: $(STAMPS)/core ## Bring locale/*/django.po in step with the texts in the sources
	@$(PY) -m scripts.messages

.PHONY: bench
bench: setup $(STAMPS)/dev ## Measure pages and saving against a trivial page (see docs/performance.md)
	@$(PY) -m benchmarks $(ARGS)

.PHONY: lock
lock: $(STAMPS)/dev ## Renew the lock files from requirements/*.in
	@for name in core dev node; do \
	  $(PY) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
	    requirements/$$name.in --output-file requirements/$$name.txt || exit 1; \
	done

.PHONY: clean
clean: ## Remove what the set-up made; data in var/ stays
	rm -rf $(VENV) node_modules static/vendor .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis $(COMPILED)
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The steps of the set-up, each with a stamp: what has not changed is not done again.

$(STAMPS)/venv:
	@sh scripts/make_venv.sh $(VENV)
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/core: requirements/core.txt | $(STAMPS)/venv
	@echo "Installing the Python packages"
	@$(PIP) -r requirements/core.txt
	@touch $@

$(STAMPS)/dev: requirements/dev.txt | $(STAMPS)/core
	@echo "Installing the tools for tests and checks"
	@$(PIP) -r requirements/dev.txt
	@touch $@

$(ASSETS): package.json package-lock.json scripts/vendor_assets.py scripts/vendor_assets.json | $(STAMPS)/core
	@echo "Fetching the front-end files"
	@$(PY) -m scripts.front_end
	@touch $@

$(COMPILED): %.mo: %.po | $(STAMPS)/core
	@$(PY) -m scripts.compile_messages $<
