#!/usr/bin/env bash
# Looks with Jazzer for inputs that break a promise of a parser (the promises stand at each @FuzzTest method).
#   scripts/fuzz.sh [SECONDS] [TARGET...]    60 seconds each and every target unless told otherwise
#   scripts/fuzz.sh --list                   the targets
# Exits 1 when something was found. The input lies then in src/test/resources beside the ones that run with the tests: fix the code, give the
# file a name that says what it shows, and keep it. What was learnt stays in .cifuzz-corpus/ of the module; the next run goes on from there.
set -euo pipefail
root=$(CDPATH='' cd -- "$(dirname -- "$(readlink -f -- "$0")")/.." && pwd)
# shellcheck source=scripts/lib.sh
. "$root/scripts/lib.sh"

# MODULE CLASS METHOD of every @FuzzTest, one a line
targets() {
  grep -rl --include='*FuzzTest.java' '^ *@FuzzTest' "$root"/*/src/test/java | sort | while read -r file; do
    local path=${file#"$root"/}
    local class=${path#*/src/test/java/}
    class=${class%.java}
    grep -A1 '^ *@FuzzTest' "$file" | sed -n 's/^ *void \([A-Za-z0-9]*\)(.*/\1/p' |
      while read -r method; do echo "${path%%/*} ${class//\//.} $method"; done
  done
}

# fuzz MODULE CLASS METHOD SECONDS
fuzz() {
  local module=$1 class=$2 method=$3 seconds=$4
  local log="$root/$module/target/fuzz-$method.log" temporary status=0
  temporary=$(mktemp -d "$memory/belay-fuzz-XXXXXX")
  # The module is the working directory: there Jazzer finds src/test/resources, where findings belong.
  # Regular expressions are a field of channel documents; OriginPattern bounds what they may cost.
  (
    cd "$root/$module"
    JAZZER_FUZZ=1 BELAY_JAVA_OPTS="-Xmx600m -XX:+EnableDynamicAgentLoading -Djava.io.tmpdir=$temporary ${BELAY_JAVA_OPTS:-}" \
      run_test_java "$module" com.code_intelligence.jazzer.Jazzer --target_class="$class" --target_method="$method" \
      --instrumentation_includes='dev.belay.**' --disabled_hooks=com.code_intelligence.jazzer.sanitizers.RegexInjection \
      --max_duration="${seconds}s" -timeout=20 -rss_limit_mb=3000 -max_len=16384
  ) >"$log" 2>&1 || status=$?
  rm -rf "$temporary"
  if [ "$status" -eq 0 ] && grep -q '^Done ' "$log"; then
    printf '%-24s %s; %s\n' "$method" "$(sed -n 's/^Done //p' "$log")" "$(grep -o 'cov: [0-9]*' "$log" | tail -n 1)"
    return 0
  fi
  printf '%-24s FOUND something (status %s); the log is %s\n' "$method" "$status" "$log"
  grep -E '^== |^\s+at dev\.belay|Exception|Error|Test unit written|reproducer' "$log" | head -n 30
  return 1
}

memory=$(if [ -w /dev/shm ]; then echo /dev/shm; else echo "${TMPDIR:-/tmp}"; fi)
case "${1:-}" in
  -h | --help) sed -n '2,6s/^# \{0,1\}//p' "$0"; exit 0 ;;
  --list) targets | awk '{ print $3 }'; exit 0 ;;
esac
seconds=${1:-60}
case "$seconds" in *[!0-9]* | '') die "\"$seconds\" is no number of seconds; see --help" ;; esac
[ $# -gt 0 ] && shift
wanted=" ${*:-} "
for name in "$@"; do
  targets | awk '{ print $3 }' | grep -x -- "$name" >/dev/null || die "no target \"$name\"; --list shows them"
done
ensure_built
found=0
while read -r module class method; do
  case "$wanted" in
    '  ' | *" $method "*) fuzz "$module" "$class" "$method" "$seconds" || found=$((found + 1)) ;;
  esac
done < <(targets)
[ "$found" -eq 0 ] || die "$found targets found something"
