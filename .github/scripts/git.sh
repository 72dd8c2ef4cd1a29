# shellcheck shell=bash
# Sourced: what the scripts that speak to the archive's branch share. They read
#   REMOTE        the repository, as git names it
#   GITHUB_TOKEN  may read it (to restore) or write it (to save); none for a public or a local one
# shellcheck disable=SC2034 # used by those that source this
ARCHIVE=site/data BRANCH=snapshots
export GIT_TERMINAL_PROMPT=0
if [ -n "${GITHUB_TOKEN:-}" ]; then
  # In the environment, so that it is in no configuration file and in no list of commands.
  export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=http.extraheader
  GIT_CONFIG_VALUE_0="AUTHORIZATION: basic $(printf 'x-access-token:%s' "$GITHUB_TOKEN" | base64 -w0)"
  export GIT_CONFIG_VALUE_0
fi
