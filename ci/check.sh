#!/usr/bin/env bash
# One check for a workflow: annotations in the log, a summary of the step, SARIF where it is asked for.
# Everything comes by the environment, so that nothing of a pull request is ever a part of this script.
set -euo pipefail

arguments=(--format github)
if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then arguments+=(--also "summary=$GITHUB_STEP_SUMMARY"); fi
if [ -n "${REHABFACTS_SARIF:-}" ]; then arguments+=(--also "sarif=$REHABFACTS_SARIF"); fi

since=${REHABFACTS_SINCE:-${REHABFACTS_BASE_SHA:-none}}
if [ "$since" != none ]; then
    arguments+=(--since "$since")
    if [ "${REHABFACTS_POLICY_FROM_BASE:-true}" = true ]; then arguments+=(--policy-from "$since"); fi
    if [ "${REHABFACTS_ALLOW_POLICY_CHANGES:-false}" = true ]; then arguments+=(--allow-policy-changes); fi
fi

paths=()
while IFS= read -r path; do
    if [ -n "$path" ]; then paths+=("$path"); fi
done <<< "${REHABFACTS_PATHS:-}"

status=0
rehabfacts check "${arguments[@]}" -- ${paths[@]+"${paths[@]}"} || status=$?
if [ -n "${GITHUB_OUTPUT:-}" ]; then echo "status=$status" >> "$GITHUB_OUTPUT"; fi
exit "$status"
