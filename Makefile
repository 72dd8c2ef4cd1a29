# Two commands do everything on a fresh machine with Python 3.11 or newer and git:
#   make demo   builds the site from the recorded replies in the package
#   make test   lints, type-checks and tests
.DELETE_ON_ERROR:
.PHONY: demo test interop lint lint-types lint-code lint-browser test-browser serve lock bench audit mutants torture clean

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SITE ?= site/demo

# The program alone, with what stores a site on S3: a quarter of what tests need, and wheels for a new Python sooner.
$(VENV)/.installed: requirements-build.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; name one with: make PYTHON=python3.12 ..." >&2; exit 2; }
	@$(PYTHON) -m venv $(VENV) || { echo "python3 -m venv failed; on Debian: apt-get install python3-venv" >&2; exit 2; }
	@echo "Installing the locked packages into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements-build.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.ready: requirements-dev.lock $(VENV)/.installed
	@echo "Installing the locked packages that tests need into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements-dev.lock || \
	  { echo "Where one has no wheel for this Python yet, name an older one: make clean; make test PYTHON=python3.13" >&2; exit 2; }
	@touch $@

node_modules/.ready: package.json package-lock.json .npmrc
	@echo "Installing the locked packages into node_modules ..."
	@npm ci --ignore-scripts --no-audit --no-fund --loglevel error >/dev/null
	@touch $@

demo: $(VENV)/.installed
	@$(BIN)/leaderboards build --demo --site $(SITE)
	@echo "Look at it: $(BIN)/leaderboards serve --site $(SITE)"
	@echo "Next: set OPENROUTER_API_KEY and run $(BIN)/leaderboards build for today's data."

serve: $(VENV)/.installed
	@$(BIN)/leaderboards serve --site $(SITE)

# Only these two need Node.js with npm; nothing that is built does.
ifneq ($(and $(shell command -v node),$(shell command -v npm)),)
lint-browser: node_modules/.ready
	@npm run --silent lint
test-browser: node_modules/.ready
	@npm test --silent
else
lint-browser test-browser:
	@test -z "$$CI" || { echo "$@: Node.js and npm are needed in continuous integration" >&2; exit 2; }
	@echo "$@: skipped, there is no Node.js with npm; on Debian: apt-get install nodejs npm" >&2
endif

# Two at a time: the types take as long as all the rest.
lint: $(VENV)/.ready
	@$(MAKE) --silent --jobs=2 lint-types lint-code lint-browser

lint-types: $(VENV)/.ready
	@$(BIN)/mypy

lint-code: $(VENV)/.ready
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports
	@$(BIN)/python -m tests.unused_names
	@$(BIN)/zizmor --offline --quiet --persona auditor .github
	@PATH="$(CURDIR)/$(BIN):$$PATH" actionlint .github/workflows/*.yml
	@$(BIN)/shellcheck --external-sources .github/scripts/*.sh .ci/run

# Without compiled files each of the test run's processes compiles 400 modules for itself.
test: export PYTHONDONTWRITEBYTECODE =
test: lint test-browser
	@$(BIN)/pytest -n auto --dist worksteal
	@echo "Next: make demo builds a site to look at; CONTRIBUTING.md says how to add to it."

# Every published table and description by the validators of others; 90 MB more than the tests need. jsonpath-rw comes
# as source alone, and is packed by what the development environment has.
$(VENV)/.interop: requirements-interop.lock $(VENV)/.ready
	@echo "Installing the locked validators into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --no-build-isolation \
	  --only-binary :all: --no-binary jsonpath-rw -r requirements-interop.lock
	@touch $@

interop: $(VENV)/.interop
	@$(BIN)/pytest -p no:xdist tests/test_interop.py

bench: $(VENV)/.ready
	@$(BIN)/python -m tests.benchmarks

# Takes hours for all; ONLY=generator/boards/apps.py takes ten minutes to half an hour, a folder longer.
mutants: $(VENV)/.ready
	@$(BIN)/python -m tests.mutants $(ONLY)

# Takes an hour or more for all; ONLY=schema_mutations, or several parts, takes less.
torture: $(VENV)/.ready
	@$(BIN)/python -m tests.torture $(ONLY)

# Needs Java and Node.js.
audit: $(VENV)/.ready
	@$(BIN)/python -m tests.benchmarks.audit $(SITE)

# Needs uv. The hashes of what is installed are in these files and nowhere else.
LOCK := uv pip compile --quiet --upgrade pyproject.toml --universal --generate-hashes --no-emit-index-url \
  --no-annotate --no-header --python-version 3.11
lock:
	@$(LOCK) -o requirements.lock
	@$(LOCK) --extra build --extra s3 -o requirements-build.lock
	@$(LOCK) --extra dev -o requirements-dev.lock
	@$(LOCK) --extra interop --constraints requirements-dev.lock --no-emit-package scipy -o requirements-interop.lock
	@echo "Next: make test and make interop, then commit the four lock files."

clean:
	rm -rf $(VENV) $(SITE) node_modules mutants
