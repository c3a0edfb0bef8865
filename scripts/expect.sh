# shellcheck shell=bash disable=SC2154
# Judges commands by their exit status and by what they print. Sourced by bash scripts that have set `work` to a scratch directory.

failures=0 tried=0

# expect STATUS PATTERN COMMAND... — the exit status and what stdout and stderr together must contain; never a stack trace.
expect() {
  local status=$1 pattern=$2 got=0
  shift 2
  tried=$((tried + 1))
  "$@" >"$work/out" 2>&1 </dev/null || got=$?
  if [ "$got" -ne "$status" ] || ! grep -qE -- "$pattern" "$work/out" || grep -qE '^[[:space:]]+at [a-z]+\.' "$work/out"; then
    failures=$((failures + 1))
    printf 'FAILED: %s\n  expected status %s and /%s/, got status %s and:\n' "$*" "$status" "$pattern" "$got"
    sed 's/^/  | /' "$work/out"
  fi
}

# How many were tried; fails if one failed.
expected() {
  printf '%d invocations tried, %d failed\n' "$tried" "$failures"
  [ "$failures" -eq 0 ]
}
