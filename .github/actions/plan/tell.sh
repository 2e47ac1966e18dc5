#!/usr/bin/env bash
# Tells GitHub of the plan, or that there is none.
set -euo pipefail
key="$RUNNER_TEMP/galops-plan/job.key"
if [ -s "$key" ]; then
  GALOPS_PLAN_IDENTITY=$(< "$key")
  export GALOPS_PLAN_IDENTITY
fi
options=()
if [ -n "$GALOPS_CONFIG" ]; then options+=(-c "$GALOPS_CONFIG"); fi
if [ -n "$GALOPS_REDACT" ]; then options+=(--redact "$GALOPS_REDACT"); fi
# Without a page there is no such artifact.
if [ -n "$GALOPS_REPORT_ARTIFACT" ] && [ -s "$RUNNER_TEMP/galops-plan/galops-plan.html" ]; then
  options+=(--report-artifact "$GALOPS_REPORT_ARTIFACT")
fi
if [ "$GALOPS_REPORT" = drift ]; then options+=(--drift); fi
galops ci github --plan "$RUNNER_TEMP/galops-plan/galops.plan" "${options[@]}"
