#!/usr/bin/env bash
# Clones the archive from the branch "snapshots" into site/data; before the first run, starts an empty one there. With
# it comes the seal that says which contents of a restored cache count.
set -euo pipefail
# shellcheck source=.github/scripts/git.sh
. "${BASH_SOURCE%/*}/git.sh"

# Only exit code 2, "no such branch", means an empty archive; any other means that the remote could not be read.
found=0
git ls-remote --exit-code --heads "$REMOTE" "$BRANCH" >/dev/null || found=$?
case $found in
  0) git clone --quiet --depth 1 --single-branch --branch "$BRANCH" "$REMOTE" "$ARCHIVE" ;;
  2)
    git init --quiet --initial-branch "$BRANCH" "$ARCHIVE"
    git -C "$ARCHIVE" remote add origin "$REMOTE"
    echo "The branch $BRANCH does not exist yet: this is the first run."
    ;;
  *) exit "$found" ;;
esac
if [ -f "$ARCHIVE/$SEAL" ]; then
  cp "$ARCHIVE/$SEAL" "site/$SEAL"
fi
