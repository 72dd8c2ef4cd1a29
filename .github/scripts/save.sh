#!/usr/bin/env bash
# Commits the files that the run added to the archive, and pushes them. If another run has pushed since, its files
# stay as they are and this run's commit is rebased onto them.
#   MESSAGE  what the commit says before the day; by default that it is a snapshot
set -euo pipefail
# shellcheck source=.github/scripts/git.sh
. "${BASH_SOURCE%/*}/git.sh"
cd "$ARCHIVE"

export GIT_AUTHOR_NAME="github-actions[bot]" GIT_AUTHOR_EMAIL="41898282+github-actions[bot]@users.noreply.github.com"
export GIT_COMMITTER_NAME="$GIT_AUTHOR_NAME" GIT_COMMITTER_EMAIL="$GIT_AUTHOR_EMAIL"

if [ ! -f README.md ]; then
  echo "The archive of this repository's site: one immutable file per dataset and UTC day, written by the daily workflow." >README.md
fi
git add --all
if git diff --cached --quiet; then
  echo "Nothing new to save."
  exit 0
fi
runs=(runs/*.json)
day="${runs[-1]##*/}"
git commit --quiet --message "${MESSAGE:-Snapshot of} ${day%.json}"

# Merge no lines: a manifest that is half one run's and half another's would describe no snapshot.
mkdir -p .git/info
echo "* binary" >.git/info/attributes
for attempt in 1 2 3; do
  if git push --quiet origin "HEAD:$BRANCH"; then
    echo "Saved: $(git log -1 --format=%s)"
    exit 0
  fi
  [ "$attempt" -lt 3 ] || break
  echo "Another run has pushed since; rebasing onto it."
  git fetch --quiet origin "$BRANCH"
  # In a rebase "ours" is the fetched branch: where both runs wrote a file, the other run's stays.
  git rebase --quiet --strategy-option ours FETCH_HEAD
done
echo "::error title=Not saved::The day's snapshot could not be pushed to the branch $BRANCH."
exit 1
