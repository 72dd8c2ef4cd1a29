#!/usr/bin/env bash
# Opens, updates or closes the one issue about failures of the daily run. Environment:
#   SNAPSHOT_RESULT BUILD_RESULT DEPLOY_RESULT  results of the jobs: success, failure, cancelled or skipped
#   SNAPSHOT_STATE BUILD_STATE TABLE            outputs of their scripts; empty where a script did not get so far
#   SAVED                                       the outcome of the step that pushes the archive
#   RUN_URL                                     the address of this run
#   GH_TOKEN GH_REPO                            for gh
set -euo pipefail
label=daily-run

problems=()
[ "$SNAPSHOT_RESULT" = success ] ||
  problems+=("The snapshot failed; the log of the job Snapshot says why. The site is built from the archive, whose newest days are listed below.")
[ "${SAVED:-}" != failure ] ||
  problems+=("The day's files could not be pushed to the branch \`snapshots\`. They are in the artifact \`unsaved\` of the run: add them to the branch as they are.")
[ "$SNAPSHOT_STATE" != no-key ] || [ "$BUILD_STATE" = demo ] ||
  problems+=("The secret OPENROUTER_API_KEY is not set, so no snapshots are taken.")
[ "$SNAPSHOT_STATE" != stale ] && [ "$BUILD_STATE" != stale ] ||
  problems+=("At least one dataset is stale or held back. The site shows its last good snapshot, with its date.")
[ "$BUILD_RESULT" = success ] ||
  problems+=("The build failed; the log of the job Build says why. Nothing was deployed; the published site is unchanged.")
[ "$BUILD_RESULT" != success ] || [ "$DEPLOY_RESULT" = success ] ||
  problems+=("The deployment failed. If this is the first deployment, set Settings, Pages, Source to \"GitHub Actions\".")

body="$(mktemp)"
{
  printf -- '- %s\n' "${problems[@]}"
  printf '\n[The run](%s)\n\n%s\n\n' "$RUN_URL" "$TABLE"
  echo "The daily workflow updates this issue after every run, and closes it after the first run without problems."
} >"$body"

if ! open="$(gh issue list --label "$label" --state open --limit 1 --json number --jq '.[].number')"; then
  [ ${#problems[@]} -gt 0 ] || exit 0
  cat "$body" >>"$GITHUB_STEP_SUMMARY"
  echo "::error title=No issue could be opened::Turn on issues under Settings, General, Features. Problems: ${problems[*]}"
  exit 1
fi

if [ ${#problems[@]} -eq 0 ]; then
  [ -z "$open" ] || gh issue close "$open" --comment "Resolved: $RUN_URL"
elif [ -n "$open" ]; then
  gh issue edit "$open" --body-file "$body"
else
  gh label create "$label" --force --color D93F0B --description "The daily run has a problem"
  gh issue create --title "The daily run needs attention" --label "$label" --body-file "$body"
fi
