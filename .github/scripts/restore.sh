#!/usr/bin/env bash
# Clones the archive from the branch "snapshots" into site/data; before the first run, starts an empty one there.
# Files of the newest tag that the branch no longer has are put back. With the archive comes the seal that says which
# contents of a restored cache count.
set -euo pipefail
# shellcheck source=.github/scripts/git.sh
. "${BASH_SOURCE%/*}/git.sh"

# Without the branch there is no line of it; a remote that cannot be read fails. Tags of other names are their owner's.
refs="$(retried git ls-remote "$REMOTE" "refs/heads/$BRANCH" "refs/tags/$BRANCH-[0-9]*Z")"
head="$(awk -v name="refs/heads/$BRANCH" '$2 == name { print $1 }' <<<"$refs")"
read -r tagged tag < <(awk '$2 ~ "^refs/tags/"' <<<"$refs" | sort -k 2 | tail -n 1) || true

if [ -n "$head" ]; then
  retried git clone --quiet --depth 1 --single-branch --branch "$BRANCH" "$REMOTE" "$ARCHIVE"
else
  git init --quiet --initial-branch "$BRANCH" "$ARCHIVE"
  git -C "$ARCHIVE" remote add origin "$REMOTE"
  [ -n "$tag" ] || echo "The branch $BRANCH does not exist yet: this is the first run."
fi

if [ -f "$ARCHIVE/$SEAL" ]; then
  cp "$ARCHIVE/$SEAL" "site/$SEAL"
fi

if [ -n "$tag" ] && [ "$tagged" != "$head" ]; then
  cd "$ARCHIVE"
  retried git fetch --quiet --depth 1 origin "$tag"
  lost="$(mktemp)"
  LC_ALL=C comm -13 <(git ls-files | LC_ALL=C sort) <(git ls-tree -r --name-only FETCH_HEAD | LC_ALL=C sort) >"$lost"
  if [ -s "$lost" ]; then
    git checkout --quiet FETCH_HEAD --pathspec-from-file="$lost"
    echo "::warning title=Archive restored::$(wc -l <"$lost") files were missing from the branch $BRANCH; they are put back from the tag ${tag#refs/tags/}."
  fi
fi
