# shellcheck shell=sh
# Answers `--help` without starting Java. Shared by the launchers of a checkout and of an installed supervisor. POSIX sh; sourced, never run.

# show_help DIRECTORY [argument...] — if help is all that is asked for, shows the page that the build wrote (HelpPages) and ends this
# process. Where there is no page the program answers, with the same words.
show_help() {
  page=$1
  shift
  while [ $# -gt 1 ]; do
    case $1 in '' | -* | *[!a-z-]*) return 0 ;; esac
    page=$page/$1
    shift
  done
  case ${1:-} in
    -h | --help) [ ! -f "$page/help.txt" ] || exec cat "$page/help.txt" ;;
  esac
}
