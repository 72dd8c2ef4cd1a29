#!/usr/bin/env bash
# Lays the archive, as the branch "snapshots" has it, at site/data; an empty one before the first run.
set -euo pipefail
# shellcheck source=.github/scripts/git.sh
. "${BASH_SOURCE%/*}/git.sh"

# A remote that cannot be asked is no empty archive: only "no such branch" (2) is.
found=0
git ls-remote --exit-code --heads "$REMOTE" "$BRANCH" >/dev/null || found=$?
case $found in
  0) git clone --quiet --depth 1 --single-branch --branch "$BRANCH" "$REMOTE" "$ARCHIVE" ;;
  2)
    git init --quiet --initial-branch "$BRANCH" "$ARCHIVE"
    git -C "$ARCHIVE" remote add origin "$REMOTE"
    echo "There is no branch $BRANCH yet: this is the first run."
    ;;
  *) exit "$found" ;;
esac
