#!/usr/bin/env bash
# Installs this checkout into a new virtual environment, with the locked, hashed packages.
set -euo pipefail
venv="$RUNNER_TEMP/venv"
python -m venv "$venv"
pip=("$venv/bin/python" -m pip --quiet --disable-pip-version-check)
"${pip[@]}" install --require-hashes --only-binary :all: -r requirements-build.lock
"${pip[@]}" install --no-deps --no-build-isolation .
echo "$venv/bin" >>"$GITHUB_PATH"
