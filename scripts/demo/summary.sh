#!/usr/bin/env bash
# Prints the figures of a home's update runs, from its own history and event log.
#   scripts/demo/summary.sh HOME [PUSH_MILLISECONDS]
set -euo pipefail
home=$1
events="$home/.supervisor/events.jsonl"
printf '%-24s %-12s %10s %10s\n' hop outcome duration downtime
jq -rs '
  def t: .at | sub("\\.[0-9]+Z$"; "Z") | fromdateiso8601;
  def frac: .at | capture("\\.(?<f>[0-9]+)Z$") // {f: "0"} | ("0." + .f | tonumber);
  def s: t + frac;
  [.[] | select(.transaction != null)] | group_by(.transaction)[] |
  . as $run | [.[] | select(.hop > 0)] | group_by(.hop)[] |
  (map(select(.event == "hop-begun"))[0]) as $begun | select($begun != null) |
  (map(select(.event == "committed" or .event == "rolled-back" or .event == "not-rolled-back")) | last) as $ended |
  (map(select(.event == "step-begun" and .step == "stop"))[0]) as $stop |
  (map(select(.event == "failed"))[0]) as $failed |
  [($begun.message | split(" hop ")[0]), ($ended.event // "-"), ($ended | s) - ($begun | s), ($ended | s) - ($stop | s),
   (if $failed then ($ended | s) - ($failed | s) else -1 end)] | @tsv' "$events" |
  awk -F'\t' '{ printf "%-24s %-12s %8.2f s %8.2f s", $1, $2, $3, $4; if ($5 >= 0) printf "   rolled back in %.2f s", $5; printf "\n" }'
bytes() { awk -v b="$1" 'BEGIN { printf "%.1f MB", b / 1e6 }'; }
printf 'downloaded               %s\n' "$(bytes "$(jq -rs '[.[] | select(.event == "progress" and .step == "download")] | group_by(.transaction + (.total | tostring)) | map(map(.done) | max) | add // 0' "$events")")"
printf 'backups                  %s\n' "$(du -sh "$home/.supervisor/backups" | cut -f1)"
[ -z "${2:-}" ] || printf 'push to host             %s ms\n' "$2"
