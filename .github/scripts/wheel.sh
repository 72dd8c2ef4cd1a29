#!/usr/bin/env bash
# wheel.sh build   makes the wheel from the checkout it is run in; wheel and lock go to $RUNNER_TEMP/dist
# wheel.sh try     installs that wheel into an empty environment and builds the demo in an empty folder
set -euo pipefail
dist="$RUNNER_TEMP/dist"

installed_into() { # venv, then arguments of pip install
  local venv="$1"
  shift
  "$venv/bin/python" -m pip --quiet --disable-pip-version-check install "$@"
}

case "$1" in
  build)
    venv="$RUNNER_TEMP/build-venv"
    python -m venv "$venv"
    installed_into "$venv" --require-hashes --only-binary :all: -r requirements-build.lock
    "$venv/bin/python" -m hatchling build --target wheel --directory "$dist"
    cp requirements.lock "$dist/"
    ;;
  try)
    venv="$RUNNER_TEMP/user-venv"
    python -m venv "$venv"
    installed_into "$venv" --require-hashes --only-binary :all: -r "$dist/requirements.lock"
    installed_into "$venv" --no-deps "$dist"/*.whl
    empty="$(mktemp -d)"
    cd "$empty"
    "$venv/bin/leaderboards" --version
    "$venv/bin/leaderboards" build --demo
    "$venv/bin/leaderboards" check
    "$venv/bin/leaderboards" verify
    ;;
  *)
    echo "usage: wheel.sh build|try" >&2
    exit 2
    ;;
esac
