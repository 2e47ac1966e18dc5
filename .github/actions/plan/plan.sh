#!/usr/bin/env bash
# Plans. The exit code of galops is an output, so that what went wrong is told before the job fails.
set -euo pipefail
work="$RUNNER_TEMP/galops-plan"
rm -rf "$work"
mkdir -p "$work"
config=()
if [ -n "$GALOPS_CONFIG" ]; then config=(-c "$GALOPS_CONFIG"); fi
redact=()
if [ -n "$GALOPS_REDACT" ]; then redact=(--redact "$GALOPS_REDACT"); fi
options=()
if [ -n "$GALOPS_ENCRYPT_TO" ]; then
  options+=(--encrypt-to "$GALOPS_ENCRYPT_TO")
  # Without the recipient's own key the steps of this job read the plan with one that no other job has.
  if [ -z "${GALOPS_PLAN_IDENTITY:-}" ]; then
    options+=(--encrypt-to "$(galops ci key "$work/job.key")")
    GALOPS_PLAN_IDENTITY=$(< "$work/job.key")
    export GALOPS_PLAN_IDENTITY
  fi
elif [ -z "${GALOPS_PLAN_PASSPHRASE:-}" ]; then
  echo "::error title=The plan would be readable::Artifacts can be read by everybody who can read the repository. Set the secret GALOPS_PLAN_PASSPHRASE, or the input encrypt-to."
  echo "exit-code=1" >> "$GITHUB_OUTPUT"
  exit 0
fi
# The words of the input are options' values each, whatever they hold.
read -r -a allow <<< "$GALOPS_ALLOW"
for one in "${allow[@]}"; do options+=(--allow "$one"); done
code=0
galops validate "${config[@]}" "${redact[@]}" --format github || code=$?
if [ "$code" -eq 0 ]; then
  if [ -n "$GALOPS_BASE" ]; then
    git worktree prune
    git worktree add --quiet --force --detach "$work/base" "$GALOPS_BASE" --
    path="$GALOPS_CONFIG"
    if [ -z "$path" ]; then path=$([ -e galops.yaml ] && echo galops.yaml || echo galops); fi
    options+=(--base "$work/base/$path")
  fi
  galops plan "${config[@]}" "${redact[@]}" "${options[@]}" -o "$work/galops.plan" || code=$?
fi
echo "exit-code=$code" >> "$GITHUB_OUTPUT"
if [ -s "$work/galops.plan" ]; then
  if galops show "$work/galops.plan" "${redact[@]}" --format html > "$work/galops-plan.html"; then
    echo "report-file=$work/galops-plan.html" >> "$GITHUB_OUTPUT"
  fi
  echo "plan-file=$work/galops.plan" >> "$GITHUB_OUTPUT"
fi
