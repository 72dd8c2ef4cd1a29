# shellcheck shell=bash
# Sourced by the scripts that read or write the branch of the archive. Environment:
#   REMOTE        the URL or path of the repository
#   GITHUB_TOKEN  a token that may read it (to restore) or write to it (to save); not needed for a public or local one
# Each save sets a tag of its own on what it pushed: snapshots-<time>. The newest holds every file of the archive,
# so that a forced push to the branch, or its removal, loses none.
# shellcheck disable=SC2034 # used by the scripts that source this file
ARCHIVE=site/data BRANCH=snapshots SEAL=.cache.sha256 PAUSES=(5 15 30 60)
export GIT_TERMINAL_PROMPT=0
if [ -n "${GITHUB_TOKEN:-}" ]; then
  # Set in the environment, so that the token appears in no configuration file and in no list of processes.
  export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=http.extraheader
  GIT_CONFIG_VALUE_0="AUTHORIZATION: basic $(printf 'x-access-token:%s' "$GITHUB_TOKEN" | base64 -w0)"
  export GIT_CONFIG_VALUE_0
fi

# Runs a command that needs the network, up to five times, with a pause after each failure.
retried() {
  local pause
  for pause in "${PAUSES[@]}"; do
    if "$@"; then
      return
    fi
    echo "It did not succeed; trying again in $pause s: ${*:1:2}" >&2
    sleep "$pause"
  done
  "$@"
}
