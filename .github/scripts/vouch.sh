#!/usr/bin/env bash
# Writes the seal of the cache that the job Build left into the archive, which save.sh then pushes: the next run takes
# over a cache only with this checksum, and other workflows, which can write caches, cannot write it.
#   CACHE  the seal, as build.sh put it out
set -euo pipefail
# shellcheck source=.github/scripts/git.sh
. "${BASH_SOURCE%/*}/git.sh"

if ! [[ $CACHE =~ ^[0-9a-f]{64}$ ]]; then
  echo "::error title=No seal::The job Build put out no checksum of the cache."
  exit 1
fi
echo "$CACHE" >"$ARCHIVE/$SEAL"
