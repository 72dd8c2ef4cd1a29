# Two commands do everything on a fresh machine with Python 3.11 or newer and git:
#   make demo   builds the site from the recorded replies in the package
#   make test   lints, type-checks and tests
.DELETE_ON_ERROR:
.PHONY: demo test lint serve lock bench audit clean

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SITE ?= site/demo

$(VENV)/.ready: requirements-dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; name one with: make PYTHON=python3.12 ..." >&2; exit 2; }
	@$(PYTHON) -m venv $(VENV) || { echo "python3 -m venv failed; on Debian: apt-get install python3-venv" >&2; exit 2; }
	@echo "Installing the locked packages into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements-dev.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

demo: $(VENV)/.ready
	@$(BIN)/leaderboards build --demo --site $(SITE)
	@echo "Look at it: $(BIN)/leaderboards serve --site $(SITE)"
	@echo "Next: set OPENROUTER_API_KEY and run $(BIN)/leaderboards build for today's data."

serve: $(VENV)/.ready
	@$(BIN)/leaderboards serve --site $(SITE)

lint: $(VENV)/.ready
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/zizmor --offline --quiet --persona auditor .github
	@PATH="$(CURDIR)/$(BIN):$$PATH" actionlint .github/workflows/*.yml
	@$(BIN)/shellcheck --external-sources .github/scripts/*.sh .ci/run

test: lint
	@$(BIN)/pytest -n auto --dist worksteal
	@echo "Next: make demo builds a site to look at; CONTRIBUTING.md says how to add to it."

bench: $(VENV)/.ready
	@$(BIN)/python -m tests.benchmarks

# Needs Java and Node.js, which nothing else does.
audit: $(VENV)/.ready
	@$(BIN)/python -m tests.benchmarks.audit $(SITE)

# Needs uv. The hashes of what is installed are in these files and nowhere else.
LOCK := uv pip compile --quiet --upgrade pyproject.toml --universal --generate-hashes --no-emit-index-url \
  --no-annotate --no-header --python-version 3.11
lock:
	@$(LOCK) -o requirements.lock
	@$(LOCK) --extra build -o requirements-build.lock
	@$(LOCK) --extra dev -o requirements-dev.lock
	@echo "Next: make test, then commit the three lock files."

clean:
	rm -rf $(VENV) $(SITE)
