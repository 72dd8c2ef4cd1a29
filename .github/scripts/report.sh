#!/usr/bin/env bash
# Keeps one issue open while something is wrong with the daily run: opens it, brings it up to date, closes it.
#   SNAPSHOT_RESULT BUILD_RESULT DEPLOY_RESULT  how the jobs ended: success, failure, cancelled or skipped
#   SNAPSHOT_STATE BUILD_STATE TABLE            what their scripts said; empty when they said nothing
#   RUN_URL                                     this run
#   GH_TOKEN GH_REPO                            for gh
set -euo pipefail
label=daily-run

troubles=()
[ "$SNAPSHOT_RESULT" = success ] ||
  troubles+=("The snapshot failed. The site is made from the archive, whose newest days are listed below.")
[ "$SNAPSHOT_STATE" != no-key ] || [ "$BUILD_STATE" = demo ] ||
  troubles+=("There is no key: the secret OPENROUTER_API_KEY is not set. The archive grows no further.")
[ "$SNAPSHOT_STATE" != stale ] && [ "$BUILD_STATE" != stale ] ||
  troubles+=("At least one dataset is stale. Its last good snapshot is shown, with its date.")
[ "$BUILD_RESULT" = success ] ||
  troubles+=("The build failed. Nothing was deployed; the published site is as it was.")
[ "$BUILD_RESULT" != success ] || [ "$DEPLOY_RESULT" = success ] ||
  troubles+=("The deployment failed. If it never worked: Settings, Pages, Source must be \"GitHub Actions\".")

body="$(mktemp)"
{
  printf -- '- %s\n' "${troubles[@]}"
  printf '\n[The run](%s)\n\n%s\n\n' "$RUN_URL" "$TABLE"
  echo "This issue is kept by the daily workflow: it is brought up to date by every run, and closed by the first good one."
} >"$body"

if ! open="$(gh issue list --label "$label" --state open --limit 1 --json number --jq '.[].number')"; then
  [ ${#troubles[@]} -gt 0 ] || exit 0
  cat "$body" >>"$GITHUB_STEP_SUMMARY"
  echo "::error title=No issue could be opened::Turn issues on under Settings, General, Features. What is wrong: ${troubles[*]}"
  exit 1
fi

if [ ${#troubles[@]} -eq 0 ]; then
  [ -z "$open" ] || gh issue close "$open" --comment "Mended: $RUN_URL"
elif [ -n "$open" ]; then
  gh issue edit "$open" --body-file "$body"
else
  gh label create "$label" --force --color D93F0B --description "Something is wrong with the daily run"
  gh issue create --title "The daily run needs attention" --label "$label" --body-file "$body"
fi
