#!/usr/bin/env bash
# Takes the day's snapshot. Outputs: state=fresh|stale|failed|no-key.
set -euo pipefail

if [ -z "${OPENROUTER_API_KEY:-}" ]; then
  echo "state=no-key" >>"$GITHUB_OUTPUT"
  echo "::notice title=No key::The secret OPENROUTER_API_KEY is not set; no snapshot was taken."
  exit 0
fi
code=0
leaderboards snapshot || code=$?
case $code in
  0) state=fresh ;;
  3) state=stale ;;
  *) state=failed ;;
esac
echo "state=$state" >>"$GITHUB_OUTPUT"
case $state in
  stale) echo "::warning title=Stale::At least one dataset could not be refreshed, or is held back; its last good snapshot is used." ;;
  failed) exit "$code" ;;
esac
