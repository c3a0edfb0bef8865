#!/usr/bin/env bash
# Prints the figures of a home's update runs, from its own event log.
#   scripts/demo/summary.sh HOME [PUSH_MILLISECONDS]
set -euo pipefail
home=$1
ask() { jq -L "$(dirname -- "$(readlink -f -- "$0")")" -rs "include \"events\"; $1" "$home/.supervisor/events.jsonl"; }
printf '%-24s %-12s %10s %10s\n' hop outcome duration downtime
ask 'hops | @tsv' |
  awk -F'\t' '{ printf "%-24s %-12s %8.2f s %8.2f s", $1, $2, $3, $4; if ($5 >= 0) printf "   rolled back in %.2f s", $5; printf "\n" }'
printf 'downloaded               %s\n' "$(ask downloaded | awk '{ printf "%.1f MB", $1 / 1e6 }')"
printf 'backups                  %s\n' "$(du -sh "$home/.supervisor/backups" | cut -f1)"
[ -z "${2:-}" ] || printf 'push to host             %s ms\n' "$2"
