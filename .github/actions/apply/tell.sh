#!/usr/bin/env bash
# Tells GitHub what became of the plan.
set -euo pipefail
work="$RUNNER_TEMP/galops-apply"
options=()
if [ -n "$GALOPS_CONFIG" ]; then options+=(-c "$GALOPS_CONFIG"); fi
if [ -n "$GALOPS_REDACT" ]; then options+=(--redact "$GALOPS_REDACT"); fi
galops ci github --plan "${GALOPS_APPROVED:-$work/galops.plan}" --result "$work/result.json" "${options[@]}"
