#!/usr/bin/env bash
# Prints line coverage per module from the reports of the last `mvn verify`.
set -euo pipefail
root=$(CDPATH='' cd -- "$(dirname -- "$(readlink -f -- "$0")")/.." && pwd)
printf '%-16s %8s %8s %7s\n' module covered lines ratio
for module in packaging versys supervisor update-server; do
  csv="$root/$module/target/site/jacoco/jacoco.csv"
  [ -f "$csv" ] || { printf '%-16s no report; run scripts/test.sh\n' "$module"; continue; }
  awk -F, -v m="$module" 'NR > 1 { missed += $8; covered += $9 }
    END { printf "%-16s %8d %8d %6.1f%%\n", m, covered, missed + covered, 100 * covered / (missed + covered) }' "$csv"
done
