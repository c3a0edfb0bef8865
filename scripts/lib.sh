# shellcheck shell=sh
# Shared by every script here: where things are, what is missing, and how our commands are started. POSIX sh; sourced, never run.
# The caller sets `root` to the project directory before sourcing.

launch="${root:?set root to the project directory first}/target/launch"
# shellcheck source=scripts/show-help.sh
. "$root/scripts/show-help.sh"

# What the JVM of `supervisor status` is told: it builds a few records by reflection, which are not worth compiling accessors for.
# shellcheck disable=SC2034  # for who sources this
status_options=-Djdk.reflect.useNativeAccessorOnly=true

say() { printf '%s\n' "$*" >&2; }
die() { say "error: $*"; exit 1; }

# find_jdk25 [DIRECTORY...] — prints the first home of a JDK 25 among these, or among the usual places; fails with what to do.
find_jdk25() {
  [ $# -gt 0 ] || set -- "${JAVA25_HOME:-}" "${JAVA_HOME:-}" /usr/lib/jvm/* "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/* /opt/*
  for candidate in "$@"; do
    if [ -x "$candidate/bin/javac" ] && grep -q '^JAVA_VERSION="25' "$candidate/release" 2>/dev/null; then
      printf '%s\n' "$candidate"
      return 0
    fi
  done
  die "no JDK 25 was found (looked at JAVA25_HOME, JAVA_HOME, /usr/lib/jvm, ~/.sdkman, ~/.jdks, /opt). Install one, for example Eclipse Temurin 25, or set JAVA25_HOME."
}

# ensure_commands command:package ... — installs the packages of commands that are missing, saying what.
ensure_commands() {
  missing=''
  for pair in "$@"; do
    command -v "${pair%%:*}" >/dev/null 2>&1 || missing="$missing ${pair##*:}"
  done
  [ -z "$missing" ] && return 0
  as_root=''
  if [ "$(id -u)" -ne 0 ]; then
    sudo -n true 2>/dev/null || die "these Debian packages are needed and missing:$missing. Install them as root: apt-get install$missing"
    as_root='sudo'
  fi
  say "installing missing packages:$missing"
  # shellcheck disable=SC2086  # a list of package names
  { $as_root apt-get update -q >/dev/null && $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q $missing >/dev/null; } ||
    die "apt-get could not install:$missing"
}

# Runs Maven quietly with JDK 25 (any JDK >= 17 builds too; 25 also checks the format).
maven() {
  JAVA_HOME="$(find_jdk25)" MAVEN_OPTS="${MAVEN_OPTS:-} --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED" \
    mvn -B -f "$root/pom.xml" "$@"
}

# Builds once if nothing was built yet.
ensure_built() { [ -f "$launch/ready" ] || "$root/scripts/build.sh" --once >&2 || exit 1; }

# answer_help COMMAND [argument...] — shows the page of the build and ends this process, if help is all that is asked for. Pages that are
# older than the program are not shown.
answer_help() {
  ensure_built
  pages="$launch/help/$1"
  read -r program <"$launch/$1.classpath"
  shift
  # shellcheck disable=SC3013  # -ot: POSIX since 2024, and known to every sh before
  [ "$pages" -ot "${program%%:*}" ] || show_help "$pages" "$@"
}

# run_java MAIN_CLASS MODULE [argument...] — replaces this process by one of our commands.
# The AOT cache (JEP 483/514) is what makes short commands start fast; a stale one is ignored by the JVM.
run_java() {
  main=$1 module=$2
  shift 2
  ensure_built
  read -r java_home <"$launch/java-home"
  read -r class_path <"$launch/$module.classpath"
  [ -x "$java_home/bin/java" ] || die "the JDK of the last build is gone ($java_home). Run scripts/build.sh again."
  # shellcheck disable=SC2086  # a list of JVM options
  exec "$java_home/bin/java" -XX:AOTCache="$launch/$main.aot" -Xlog:disable "-Xlog:all=error,aot*=off:stderr" \
    -XX:TieredStopAtLevel="${BELAY_JIT_LEVEL:-4}" -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED \
    --sun-misc-unsafe-memory-access=allow ${BELAY_JAVA_OPTS:-} -cp "$class_path" "$main" "$@"
}

# run_test_java MODULE MAIN_CLASS [argument...] — runs a main class of a module's test sources (benchmarks, the page driver).
run_test_java() {
  module=$1 main=$2
  shift 2
  ensure_built
  [ -f "$root/$module/target/test-classpath" ] || die "the tests of $module are not compiled; run scripts/build.sh"
  # shellcheck disable=SC2086  # a list of JVM options
  "$(cat "$launch/java-home")/bin/java" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow ${BELAY_JAVA_OPTS:-} \
    -cp "$root/$module/target/test-classes:$root/$module/target/classes:$(cat "$root/$module/target/test-classpath")" "$main" "$@"
}
