#!/usr/bin/env bash
# wheel.sh build   builds the wheel from the current checkout; wheel and lock file go to $RUNNER_TEMP/dist
# wheel.sh try     installs that wheel into a new environment and builds the demo in an empty folder
set -euo pipefail
dist="$RUNNER_TEMP/dist"

install_into() { # the virtual environment, then arguments of pip install
  local venv="$1"
  shift
  "$venv/bin/python" -m pip --quiet --disable-pip-version-check install "$@"
}

case "$1" in
  build)
    venv="$RUNNER_TEMP/build-venv"
    python -m venv "$venv"
    install_into "$venv" --require-hashes --only-binary :all: -r requirements-build.lock
    "$venv/bin/python" -m hatchling build --target wheel --directory "$dist"
    cp requirements.lock "$dist/"
    ;;
  try)
    venv="$RUNNER_TEMP/user-venv"
    python -m venv "$venv"
    install_into "$venv" --require-hashes --only-binary :all: -r "$dist/requirements.lock"
    install_into "$venv" --no-deps "$dist"/*.whl
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
