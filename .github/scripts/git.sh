# shellcheck shell=bash
# Sourced by the scripts that read or write the branch of the archive. Environment:
#   REMOTE        the URL or path of the repository
#   GITHUB_TOKEN  a token that may read it (to restore) or write to it (to save); not needed for a public or local one
# shellcheck disable=SC2034 # used by the scripts that source this file
ARCHIVE=site/data BRANCH=snapshots SEAL=.cache.sha256
export GIT_TERMINAL_PROMPT=0
if [ -n "${GITHUB_TOKEN:-}" ]; then
  # Set in the environment, so that the token appears in no configuration file and in no list of processes.
  export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=http.extraheader
  GIT_CONFIG_VALUE_0="AUTHORIZATION: basic $(printf 'x-access-token:%s' "$GITHUB_TOKEN" | base64 -w0)"
  export GIT_CONFIG_VALUE_0
fi
