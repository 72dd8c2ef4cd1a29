#!/usr/bin/env bash
# Installs this checkout into an environment of its own, from packages whose hashes are locked.
set -euo pipefail
venv="$RUNNER_TEMP/venv"
python -m venv "$venv"
pip=("$venv/bin/python" -m pip --quiet --disable-pip-version-check)
"${pip[@]}" install --require-hashes --only-binary :all: -r requirements-build.lock
"${pip[@]}" install --no-deps --no-build-isolation .
echo "$venv/bin" >>"$GITHUB_PATH"
