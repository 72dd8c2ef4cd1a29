#!/usr/bin/env bash
# Commits what the run added to the archive, and pushes it. If another run was there first, its days stay as they
# are and ours go on top.
set -euo pipefail
# shellcheck source=.github/scripts/git.sh
. "${BASH_SOURCE%/*}/git.sh"
cd "$ARCHIVE"

export GIT_AUTHOR_NAME="github-actions[bot]" GIT_AUTHOR_EMAIL="41898282+github-actions[bot]@users.noreply.github.com"
export GIT_COMMITTER_NAME="$GIT_AUTHOR_NAME" GIT_COMMITTER_EMAIL="$GIT_AUTHOR_EMAIL"

if [ ! -f README.md ]; then
  echo "The archive of this repository's site: one immutable file per dataset and UTC day, written by its workflow." >README.md
fi
git add --all
if git diff --cached --quiet; then
  echo "Nothing new to keep."
  exit 0
fi
runs=(runs/*.json)
day="${runs[-1]##*/}"
git commit --quiet --message "Snapshot of ${day%.json}"

# Whole files only: half of one run's manifest and half of another's would describe no snapshot.
mkdir -p .git/info
echo "* binary" >.git/info/attributes
for attempt in 1 2 3; do
  if git push --quiet origin "HEAD:$BRANCH"; then
    echo "Kept: $(git log -1 --format=%s)"
    exit 0
  fi
  [ "$attempt" -lt 3 ] || break
  echo "Another run was there first; ours goes on top of it."
  git fetch --quiet origin "$BRANCH"
  # In a rebase "ours" is what is already there: the same day's file of the other run stands.
  git rebase --quiet --strategy-option ours FETCH_HEAD
done
echo "::error title=Not kept::The day could not be pushed to the branch $BRANCH."
exit 1
