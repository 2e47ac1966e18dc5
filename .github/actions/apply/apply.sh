#!/usr/bin/env bash
# Applies. The exit code of galops is an output, so that what was done is told before the job fails.
set -euo pipefail
work="$RUNNER_TEMP/galops-apply"
rm -rf "$work"
mkdir -p "$work/journal"
common=()
if [ -n "$GALOPS_CONFIG" ]; then common+=(-c "$GALOPS_CONFIG"); fi
if [ -n "$GALOPS_REDACT" ]; then common+=(--redact "$GALOPS_REDACT"); fi
seal=()
if [ -n "$GALOPS_ENCRYPT_TO" ]; then
  seal=(--encrypt-to "$GALOPS_ENCRYPT_TO")
elif [ -z "${GALOPS_PLAN_PASSPHRASE:-}" ]; then
  echo "::error title=The journal would be readable::Artifacts can be read by everybody who can read the repository. Set the secret GALOPS_PLAN_PASSPHRASE, or the input encrypt-to."
  echo "exit-code=1" >> "$GITHUB_OUTPUT"
  exit 0
fi
# The runner signals this process alone, and kills all of them ten seconds later. galops is told once (the second time
# would break it off), and its end waited for: what was begun is brought to its end and written down.
child=
stopped=
stop() {
  stopped=yes
  trap '' INT TERM
  if [ -n "$child" ]; then kill -TERM "$child" 2> /dev/null || true; fi
}
trap stop INT TERM
run() {
  if [ -n "$stopped" ]; then return 143; fi
  galops "$@" &
  child=$!
  if [ -n "$stopped" ]; then kill -TERM "$child" 2> /dev/null || true; fi
  local code=0
  wait "$child" || code=$?
  while kill -0 "$child" 2> /dev/null; do wait "$child" || code=$?; done
  child=
  return "$code"
}
code=0
if [ -n "$GALOPS_APPROVED" ]; then
  run apply --approved "$GALOPS_APPROVED" --max-age "$GALOPS_MAX_AGE" "${common[@]}" "${seal[@]}" \
    --journal "$work/journal" --format json > "$work/result.json" || code=$?
else
  run plan "${common[@]}" -o "$work/galops.plan" || code=$?
  # What could not be read is left as it is, all else goes on: that is for apply to say.
  if [ "$code" -ne 4 ] && [ -z "$stopped" ] && [ -s "$work/galops.plan" ]; then
    planned=$code
    code=0
    run apply "$work/galops.plan" "${common[@]}" "${seal[@]}" --journal "$work/journal" --format json \
      > "$work/result.json" || code=$?
    if [ "$code" -eq 0 ]; then code=$planned; fi
  fi
fi
echo "exit-code=$code" >> "$GITHUB_OUTPUT"
