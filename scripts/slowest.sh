#!/usr/bin/env bash
# Prints the slowest test classes of the last Maven run, in seconds.
#   scripts/slowest.sh [N]    10 unless told otherwise
set -euo pipefail
root=$(CDPATH='' cd -- "$(dirname -- "$(readlink -f -- "$0")")/.." && pwd)
reports=$(find "$root" -path '*/target/surefire-reports/TEST-*.xml')
[ -n "$reports" ] || { echo "no report; run scripts/test.sh" >&2; exit 1; }
while read -r report; do
  sed -nE '/<testsuite /{ s/.* name="([^"]*)" time="([^"]*)".*/\2 \1/p; q }' "$report"
done <<<"$reports" | sort -rn |
  awk -v n="${1:-10}" 'NR <= n { printf "%8.1f  %s\n", $1, $2 } { all += $1 } END { printf "%8.1f  in all, %d classes\n", all, NR }'
