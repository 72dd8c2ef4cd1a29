#!/usr/bin/env bash
# Commits the files that the run added to the archive, and pushes them, with a tag. If another run has pushed since,
# its files stay as they are, and those that only this run has changed are added to them. If nothing can be pushed, the
# files of this run are copied to site/unsaved, which the workflow keeps as an artifact. Files that this
# run has packed then stay beside their zip, and the next run removes them.
#   MESSAGE  what the commit says before the day; by default that it is a snapshot
set -euo pipefail
# shellcheck source=.github/scripts/git.sh
. "${BASH_SOURCE%/*}/git.sh"
unsaved="$PWD/site/unsaved"
cd "$ARCHIVE"

export GIT_AUTHOR_NAME="github-actions[bot]" GIT_AUTHOR_EMAIL="41898282+github-actions[bot]@users.noreply.github.com"
export GIT_COMMITTER_NAME="$GIT_AUTHOR_NAME" GIT_COMMITTER_EMAIL="$GIT_AUTHOR_EMAIL"

# What a killed run has not finished; the next one would only remove it.
echo ".staging-*" >>.git/info/exclude
if [ -z "$(git status --porcelain)" ]; then
  echo "Nothing new to save."
  exit 0
fi
if [ ! -f README.md ]; then
  echo "The archive of this repository's site: one immutable file per dataset and UTC day, written by the daily workflow." >README.md
fi
before="$(git rev-parse --quiet --verify HEAD || git hash-object -t tree /dev/null)"
git add --all
# A run that was stopped has no report yet.
shopt -s nullglob
runs=("$(date -u +%F)" runs/*.json)
day="${runs[-1]##*/}"
message="${MESSAGE:-Snapshot of} ${day%.json}"
git commit --quiet --message "$message"
mine="$(git rev-parse HEAD)"
added="$(git diff --name-only --no-renames --diff-filter=A "$before" "$mine")"
changed="$(mktemp)"
git diff --name-only --no-renames --diff-filter=AM "$before" "$mine" | LC_ALL=C sort >"$changed"

# Merge no lines: a manifest that is half one run's and half another's would describe no snapshot.
join_other_run() {
  git reset --quiet --hard FETCH_HEAD
  local alone
  alone="$(mktemp)"
  LC_ALL=C comm -23 "$changed" <(git diff --name-only --no-renames "$before" FETCH_HEAD | LC_ALL=C sort) >"$alone"
  [ -s "$alone" ] || return 0
  git checkout --quiet "$mine" --pathspec-from-file="$alone"
  git commit --quiet --message "$message"
}

for pause in "${PAUSES[@]}" 0; do
  if git push --quiet origin "HEAD:refs/heads/$BRANCH"; then
    # A changed seal alone can be made again.
    if [ -n "$added" ]; then
      tag="$BRANCH-$(date -u +%Y-%m-%dT%H%M%S.%3NZ)"
      retried git push --quiet origin "HEAD:refs/tags/$tag" ||
        echo "::warning title=No tag::The archive is saved, but the tag $tag could not be pushed."
    fi
    echo "Saved: $(git log -1 --format=%s)"
    exit 0
  fi
  if git fetch --quiet origin "$BRANCH" && ! git merge-base --is-ancestor FETCH_HEAD HEAD; then
    echo "Another run has pushed since; adding to it."
    join_other_run
  else
    sleep "$pause"
  fi
done

while IFS= read -r path; do
  mkdir -p "$unsaved/$(dirname "$path")"
  git show "$mine:$path" >"$unsaved/$path"
done <"$changed"
echo "::error title=Not saved::The day's snapshot could not be pushed to the branch $BRANCH; it is in the artifact \"unsaved\" of this run."
exit 1
