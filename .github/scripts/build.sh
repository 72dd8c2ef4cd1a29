#!/usr/bin/env bash
# Builds site/public from the archive. Outputs: state=fresh|stale|demo; table, the datasets as a Markdown table;
# sums, the SHA-256 of the file that has the checksum of every other; and cache, the same of the cache.
# Fails, and leaves nothing to deploy, when the archive is empty or a check found something.
#   SNAPSHOT_STATE  the state that snapshot.sh put out; empty when that script did not get so far
set -euo pipefail

# Names the kind of failure on the page of the run; the log has the lines of the program.
fail() { # its exit code
  case $1 in
    2) echo "::error title=Not configured::site.toml, or a page or template that it names, cannot be used; the line above says why." ;;
    6) echo "::error title=Checks failed::Nothing is deployed; the lines above name each file and what is wrong with it." ;;
  esac
  exit "$1"
}

# Text from the API is in what the program says and in the table: a random word ends both, which it cannot contain.
end="end-$(head -c 16 /dev/urandom | base64 | tr -dc 'a-zA-Z0-9')"
code=0
if compgen -G "site/data/*/*.json.gz" >/dev/null || compgen -G "site/data/*/[0-9]*.zip" >/dev/null; then
  echo "::stop-commands::$end"
  leaderboards render 2>&1 || code=$?
  echo "::$end::"
  case $code in
    0) state=fresh ;;
    3) state=stale ;;
    *) fail "$code" ;;
  esac
elif [ "${SNAPSHOT_STATE:-}" = no-key ]; then
  leaderboards build --demo || fail $?
  state=demo
else
  echo "::error title=Nothing to publish::The archive is empty and the snapshot failed; see the job Snapshot."
  exit 4
fi

table="$(python3 "${BASH_SOURCE%/*}/status_table.py" site/public/data/v1/status.json)"
{
  echo "state=$state"
  echo "sums=$(sha256sum <site/public/SHA256SUMS | cut -d ' ' -f 1)"
  echo "cache=$(cat site/.cache.sha256)"
  printf 'table<<%s\n%s\n%s\n' "$end" "$table" "$end"
} >>"$GITHUB_OUTPUT"
{
  case $state in
    demo)
      echo "## The demo site"
      echo
      echo "The secret OPENROUTER_API_KEY is not set, so the site shows recorded data and says so on every page."
      echo "Set it under Settings, Secrets and variables, Actions; then run this workflow again."
      ;;
    stale) echo "## Built, with stale data" ;;
    fresh) echo "## Built" ;;
  esac
  printf '\n%s\n' "$table"
} >>"$GITHUB_STEP_SUMMARY"
