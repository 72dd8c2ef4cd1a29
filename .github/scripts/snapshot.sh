#!/usr/bin/env bash
# Takes the day's snapshot. Outputs: state=fresh|stale|failed|no-key.
#   ACCEPT  the datasets to take though they are held back, with spaces or commas between them; usually empty
set -euo pipefail

if [ -z "${OPENROUTER_API_KEY:-}" ]; then
  echo "state=no-key" >>"$GITHUB_OUTPUT"
  echo "::notice title=No key::The secret OPENROUTER_API_KEY is not set; no snapshot was taken."
  exit 0
fi
ACCEPT="${ACCEPT:-}"
read -ra datasets <<<"${ACCEPT//,/ }"
code=0
# What it says may quote the API, in which nothing is a command to the runner.
end="end-$(head -c 16 /dev/urandom | base64 | tr -dc 'a-zA-Z0-9')"
echo "::stop-commands::$end"
leaderboards snapshot "${datasets[@]/#/--accept=}" 2>&1 || code=$?
echo "::$end::"
case $code in
  0) state=fresh ;;
  3) state=stale ;;
  *) state=failed ;;
esac
echo "state=$state" >>"$GITHUB_OUTPUT"
case $state in
  stale) echo "::warning title=Stale::At least one dataset could not be refreshed, or is held back; its last good snapshot is used." ;;
  failed)
    [ "$code" != 2 ] ||
      echo "::error title=Not configured::The key, site.toml or the datasets to accept cannot be used; the line above says why."
    exit "$code"
    ;;
esac
