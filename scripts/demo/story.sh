# shellcheck shell=bash disable=SC2154
# How the demo tells its story: chapters, commands with what they print, and claims that must hold. Sourced after lib.sh.
# Without `verbose` it is short: what prepares a scene is not shown, and of what is shown neither what the story has said before (but for its
# figures) nor what is told again by the summary or by a list beside it.

verbose=false
bold='' dim='' green='' plain=''
if [ -t 1 ]; then bold=$'\033[1m' dim=$'\033[2m' green=$'\033[32m' plain=$'\033[0m'; fi

chapter() { printf '\n%s%s%s\n%s\n' "$bold" "$1" "$plain" "$2"; } # chapter TITLE WHAT-IT-SHOWS

# run COMMAND... — shows a command and what it prints.
run() { told "$@"; "$@" 2>&1 | shorten; }
# scene COMMAND... — shows a command; what it prints only if `verbose`, or if it fails.
scene() { told "$@"; if $verbose; then "$@" 2>&1 | shorten; else quietly "$@"; fi; }
# aside COMMAND... — only if `verbose`.
aside() { if $verbose; then run "$@"; fi; }
told() { printf '%s$ %s%s\n' "$dim" "$*" "$plain" | sed "s|$work/||g; s|$root/||g; s|token=.*|token=...|"; }

# What is left out whenever it comes: what a new release brings unasked, steps without anything to say, figures of the summary, a log.
shorten() {
  if $verbose; then cat -s; else
    awk -v story="$work/story" '
      BEGIN { while ((getline said < story) > 0) before[said] = 1 }
      { said = $0; gsub(/[0-9]+/, "#", said) }
      / by the new release|^   config, |^  (downloading|unpacking|stopping|setting|switching|migrating|starting)|^[^ ].*without service$|^In all |^ +\| .* INFO / ||
        /^  / && said in before { left_out = 1; next }
      { print; before[said] = 1; print said >> story }
      END { if (left_out) print "  …" }' | cat -s
  fi | sed "s|$work/||g"
}

check() { # check WHAT COMMAND... — a claim of the story, and the end of the demo if it does not hold
  if "${@:2}" >/dev/null 2>&1; then printf '  %sok%s  %s\n' "$green" "$plain" "$1"; else die "does not hold: $1"; fi
}
expect_status() { # expect_status N COMMAND... — runs it, shows it, and insists on that exit status
  local got=0
  run "${@:2}" || got=$?
  [ "$got" -eq "$1" ] || die "exit status $got instead of $1: ${*:2}"
}
