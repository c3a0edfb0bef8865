#!/usr/bin/env bash
# Sets up what is missing, then runs every check and test. CI calls exactly this. Safe to run twice.
#   scripts/test.sh            everything; says at the end of the Java tests where their time went
#   scripts/test.sh --quick    what a change needs, in some four minutes on two cores: no class tagged `slow`, no browser, sweep, benchmark or demo
set -euo pipefail
root=$(CDPATH='' cd -- "$(dirname -- "$(readlink -f -- "$0")")/.." && pwd)
# shellcheck source=scripts/lib.sh
. "$root/scripts/lib.sh"
# shellcheck source=scripts/expect.sh
. "$root/scripts/expect.sh"
case "${1:-}" in
  '' | --quick) ;;
  -h | --help) sed -n '2,4s/^# \{0,1\}//p' "$0"; exit 0 ;;
  *) die "unknown option $1; scripts/test.sh --help says what there is" ;;
esac
started=$SECONDS
step() { printf '\n== %s  (%d s)\n' "$*" $((SECONDS - started)); }
work=$(mktemp -d)
stop_story=true
trap 'eval "$stop_story" >/dev/null 2>&1 || true; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
# try PATTERN SCRIPT [argument...] — a script of ours must end with 0 and print that; says how long it took.
try() {
  local began=$SECONDS
  expect 0 "$1" "$root/scripts/$2" "${@:3}"
  printf '  %-58s %4d s\n' "${*:2}" $((SECONDS - began))
}
# java_tests [Maven option...] — modules and forks side by side; what a former run left does not count.
java_tests() {
  rm -rf "$root"/*/target/surefire-reports "$root"/*/target/jacoco.exec
  if ! maven -T 1C verify --fail-at-end "$@" >"$work/maven.log" 2>&1; then
    cp "$work/maven.log" "$root/target/maven.log"
    grep -E 'ERROR|FAIL|Tests run:.*(Failures: [1-9]|Errors: [1-9])' "$work/maven.log" | head -n 100
    # what a test says of its failure takes more lines than Maven marks
    grep -lsE '<<< (FAILURE|ERROR)!' "$root"/*/target/surefire-reports/*.txt | while read -r report; do head -n 60 "$report"; done
    die "the whole log is in target/maven.log"
  fi
  grep -E 'Tests run:.*Skipped: [1-9]|skipped:' "$work/maven.log" || true
  "$root/scripts/slowest.sh" 10
}

step "tools"
ensure_commands mvn:maven git:git setsid:util-linux flock:util-linux script:bsdutils curl:curl jq:jq sqlite3:sqlite3 shellcheck:shellcheck
[ -n "${1:-}" ] || ensure_commands strace:strace chromium:chromium

step "shell scripts"
(cd "$root" && shellcheck -x scripts/*.sh scripts/demo/*.sh scripts/supervisor scripts/versys scripts/update-server scripts/tuf-client .ci/run)
for script in "$root"/scripts/*.sh "$root"/scripts/demo/*.sh; do
  grep -q "^[^#]*${script##*/}" "$0" || die "${script#"$root/"} does not run in scripts/test.sh"
done

if [ "${1:-}" = --quick ]; then
  step "build, format, static checks, tests but the slow ones"
  java_tests -DexcludedGroups=slow -Djacoco.skip=true -Dcyclonedx.skip=true
  printf '\nthe quick checks passed in %d s; scripts/test.sh runs all\n' $((SECONDS - started))
  exit 0
fi

step "build, format, static checks, unit and integration tests, browser tests, coverage"
java_tests -Dbelay.browser.required=true
"$root/scripts/coverage.sh"

step "the scripts, each as small as it goes, judged by what it prints (small-product.sh and show-help.sh through build.sh and smoke-test.sh)"
try '^ready: scripts/versys' build.sh --launchers
try ' tried, 0 failed' smoke-test.sh
try ' tried, 0 failed' fallback-test.sh
try 'supervisor +[0-9]+ +[0-9]+ +[0-9.]+%' coverage.sh
try ' in all, [0-9]+ classes' slowest.sh 3
try 'sha256:[0-9a-f]{64}' package-supervisor.sh "$work/supervisor.tgz" '<0.1.0'
try '^anyBundle$' fuzz.sh --list
try '^anyRange +[0-9]+ runs in .*cov: [0-9]' fuzz.sh 2 anyRange
try '^20 power cuts: 0 unrecoverable, 0 mixed, 0 lost|^skipped: no file system can be mounted' crash-sweep.sh --power --points 20
try '^([0-9]+) disk faults: \1 recovered, 0 unrecoverable, 0 mixed, 0 lost' crash-states.sh --states 96 --faults 96
cp "$work/out" "$work/states"
expect 0 '^([0-9]+) crash states: \1 recovered, 0 unrecoverable, 0 mixed, 0 lost' cat "$work/states"
try '^2 system calls of [0-9]+ failed' kill-sweep-tuf.sh 4 1
try '^10 kills: every one ended on one version, healthy' kill-sweep-tomcat.sh 10
try '^== update' bench.sh --tiny
cp "$work/out" "$work/bench.log"
while read -r script pattern; do
  name=${script#bench-}
  expect 0 "$pattern" sed -n "/^== ${name%.sh}\$/,/^== /p" "$work/bench.log"
done <<'PATTERNS'
bench-agent.sh    ^agent with its page open / JDK's web server +[0-9.]+
bench-planner.sh  ^plan, p99 / JGraphT Dijkstra, mean +[0-9.]+
bench-startup.sh  ^java Hello +[0-9]+
bench-streams.sh  ^a publication arrived, .* last [0-9]+ ms
bench-trust.sh    ^bundle, bytes +[0-9]+ mutants: 0 accepted
bench-update.sh   ^supervisor update / plain script +[0-9.]+
PATTERNS
expected

step "the story (demo.sh, story.sh, summary.sh), its page chapter (page.sh) once without a browser and once with one"
# a PATH that has everything but a browser
mkdir "$work/no-browser"
(IFS=:; for directory in $PATH; do [ ! -d "$directory" ] || ln -sf "$directory"/* "$work/no-browser/"; done)
rm -f "$work/no-browser"/chromium*
PATH="$work/no-browser" "$root/scripts/demo.sh" --keep | tee "$work/story"
stop_story=$(sed -n 's/^stop it with: //p' "$work/story")
stage=$(sed -n 's/^still running (scratch directory \(.*\)):$/\1/p' "$work/story")
address() { sed -n "s/^  $1 *//p" "$work/story"; }
expect 0 '^no Chromium is installed' cat "$work/story"
expect 0 'push to host +[0-9]+ ms' cat "$work/story"
expect 0 '^tidy$' awk '
  !NF && empty { wrong["empty lines"] } { empty = !NF } /(^|[ :])null([ ,.]|$)/ { wrong["null"] }
  END { if (NR >= 120) wrong[NR " lines"]; for (what in wrong) { untidy = 1; print what }; if (!untidy) print "tidy" }' "$work/story"
expect 0 'Visits so far' curl -fsS "$(address shop)"
expect 0 'Overview|Belay' curl -fsSL "$(address 'update server')"
expect 0 '<belay-update' curl -fsSL -b '' "$(address 'admin page')"
# on a terminal, with all that is said
expect 0 '"outcome":"updated"' script -qec "'$root/scripts/demo/page.sh' '$stage' 11.0.27 --verbose" /dev/null
# nothing is left to install, and drive_api says so and fails
# shellcheck disable=SC2016  # expanded by the inner shell
expect 1 'nothing newer is offered' env root="$root" work="$stage" home="$stage/host" bash -c \
  'set -euo pipefail; . "$root/scripts/lib.sh"; . "$root/scripts/demo/lib.sh"; drive_api "$(supervisor open --home "$home")"'
expect 0 'stopped' bash -c "$stop_story"
stop_story=true
expect 2 '' ls "$stage"
expected

printf '\nall checks passed in %d s\n' $((SECONDS - started))
