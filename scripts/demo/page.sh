#!/usr/bin/env bash
# The page chapter of the demo on a stage that `scripts/demo.sh --keep` left: a new release, and somebody clicks Update. In Chromium if it is
# installed, else through the page's own HTTP interface.
#   scripts/demo/page.sh DIRECTORY VERSION [--verbose]     DIRECTORY: the stage; VERSION: what to publish, 11.0.26 or newer
set -euo pipefail
root=$(CDPATH='' cd -- "$(dirname -- "$(readlink -f -- "$0")")/../.." && pwd)
# shellcheck source=scripts/lib.sh
. "$root/scripts/lib.sh"
# shellcheck source=scripts/demo/lib.sh
. "$root/scripts/demo/lib.sh"
# shellcheck source=scripts/demo/story.sh
. "$root/scripts/demo/story.sh"
if [ ! -d "${1:-}/host" ] || [ -z "${2:-}" ]; then die "name a stage that scripts/demo.sh --keep left, and a version"; fi
work=$1 home=$1/host version=$2
[ "${3:-}" != --verbose ] || verbose=true
trap show_quiet_log EXIT
shop_port=$(sed -n 's/.*<Connector port="\([0-9]*\)" address.*/\1/p' "$home/config/conf/server.xml")

quietly make_tree "$version" 11.0.24
# Reports its own version: the demo has no newer real Tomcat at hand.
sed -i "s|String version = .*|String version = \"$version\";|" "$work/trees/$version/webapps/shop/health.jsp"
# shellcheck disable=SC2016  # Markdown, not a command
quietly make_release "$version" ">=11.0.0 <$version" false 'The payment module is back.

- `health` tells the truth again
- nothing else changed'
scene publish "$version"
scene promote "$version"
wait_for 10 "the agent to learn of $version" knows "$version"
link=$(supervisor open --home "$home")
before=$(rows)
if command -v chromium >/dev/null; then
  run drive_page "$link"
  echo "screenshots: target/screenshots"
else
  echo "no Chromium is installed, so the page's own HTTP interface is used"
  run drive_api "$link"
fi
check "$version answers over HTTP" serves "$version"
check "every row is in the database" [ "$(rows)" = "$before" ]
