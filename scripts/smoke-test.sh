#!/usr/bin/env bash
# Tries the built commands as a new user would: help of everything, typos, no network, a home that is none. Prints each failure.
set -euo pipefail
root=$(CDPATH='' cd -- "$(dirname -- "$(readlink -f -- "$0")")/.." && pwd)
# shellcheck source=scripts/lib.sh
. "$root/scripts/lib.sh"
ensure_built
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# shellcheck source=scripts/expect.sh
. "$root/scripts/expect.sh"

subcommands() { "$root/scripts/$1" --help | awk '/^Commands:/ { on = 1; next } on && /^  [a-z]/ { print $1 }'; }

for command in supervisor versys update-server; do
  expect 0 "Usage: $command" "$root/scripts/$command" --help
  expect 0 "$command [0-9]" "$root/scripts/$command" --version
  expect 2 'Unknown option|Unmatched argument' "$root/scripts/$command" --no-such-option
  for sub in $(subcommands "$command"); do
    expect 0 "Usage: $command $sub" "$root/scripts/$command" "$sub" --help
    expect 2 'Unknown option|Unmatched argument|Missing required' "$root/scripts/$command" "$sub" --no-such-option
  done
done
expect 2 'Did you mean|Unmatched argument' "$root/scripts/supervisor" updat
expect 4 'supervisor.yaml' "$root/scripts/supervisor" status --home "$work"
expect 1 '.' "$root/scripts/tuf-client"

# The TUF client through a link, from elsewhere, with no environment at all, in a directory named beyond ASCII.
ln -s "$root/scripts/tuf-client" "$work/link"
# shellcheck disable=SC2016  # expanded by the inner shell
expect 0 'copied' env -i sh -c 'cd / && "$0" --metadata-dir "$1/größe" init "$2" && test -f "$1/größe/root.json" && echo copied' \
  "$work/link" "$work" "$root/versys/src/test/resources/foreign-repository/metadata/1.root.json"

mkdir -p "$work/home"
printf 'product: shop\nserver: http://127.0.0.1:9\nchanel: stable\n' >"$work/home/supervisor.yaml"
expect 4 'supervisor.yaml:3' "$root/scripts/supervisor" check --home "$work/home"

expect 4 'was not started from an installation' "$root/scripts/supervisor" self-update
# An offline file that is none, and staleness without a file.
printf 'product: shop\nserver: http://127.0.0.1:9\nchannel: stable\n' >"$work/home/supervisor.yaml"
mkdir -p "$work/home/.supervisor/tuf"
printf '{}' >"$work/home/.supervisor/tuf/root.json"
mkdir -p "$work/home/releases/1.0.0"
ln -sfn releases/1.0.0 "$work/home/current"
expect 4 'is no offline file' "$root/scripts/supervisor" check --home "$work/home" --offline "$work/home/supervisor.yaml"
expect 4 'it does not exist' "$root/scripts/supervisor" update --yes --home "$work/home" --offline "$work/nowhere"
cp "$root/versys/src/test/resources/foreign-repository/metadata/1.root.json" "$work/home/.supervisor/tuf/root.json"
expect 1 'the connection was refused' "$root/scripts/supervisor" check --home "$work/home"
expect 1 'the connection was refused' "$root/scripts/supervisor" explain --home "$work/home" --now --accept-risk R1 --policy every-minor
expect 2 "unknown policy 'fastest'" "$root/scripts/supervisor" check --home "$work/home" --policy fastest
expect 2 'is no version' "$root/scripts/supervisor" update --home "$work/home" --confirm nonsense/1
expect 2 '--offline' "$root/scripts/supervisor" update --home "$work/home" --accept-staleness 30d
expect 2 'is no duration' "$root/scripts/supervisor" update --home "$work/home" --offline "$work/nowhere" --accept-staleness long
# A repository that any web server could host, by hand.
versys="$root/scripts/versys"
mkdir -p "$work/tree/bin"
printf '#!/bin/sh\nexec sleep 1000\n' >"$work/tree/bin/shop"
chmod 755 "$work/tree/bin/shop"
printf 'product: shop\nversion: 1.0.0\nplatform: any\nupgrade: {from: "<1.0.0"}\nservice: {run: [bin/shop]}\n' >"$work/release.yaml"
expect 0 '.' "$versys" pack --release "$work/release.yaml" --tree "$work/tree" -o "$work/shop.tgz"
expect 2 'exclude each other' "$versys" init --dir "$work/vendor" --product shop --channel stable --to "$work/web" --server http://127.0.0.1:9
expect 0 'publish --to' "$versys" init --dir "$work/vendor" --product shop --channel stable --solo --no-passphrase
expect 4 'names neither a server nor a directory' "$versys" status --dir "$work/vendor"
expect 0 'Began a repository' "$versys" publish "$work/shop.tgz" --dir "$work/vendor" --channel stable --to "$work/web"
expect 0 'Nothing to do' "$versys" publish "$work/shop.tgz" --dir "$work/vendor" --channel stable
expect 0 'renewed by versys sign' "$versys" status --dir "$work/vendor"
expect 0 'Nothing is needed from you now' "$versys" sign --dir "$work/vendor"
expect 4 'There is no repository in' "$versys" status --dir "$work/vendor" --to "$work/wbe"
expect 0 'The new online key is' "$versys" key rotate online --dir "$work/vendor"
expect 0 'root +version 2' "$versys" status --dir "$work/vendor"
expect 4 'No change nothing-2 waits on the server' "$versys" unstage nothing-2 --dir "$work/vendor"
expect 2 'Missing required parameter' "$versys" unstage --dir "$work/vendor"

expect 2 'give an http or https URL' "$root/scripts/update-server" --data "$work/data" --webhook ftp://example.org
expect 4 'No update-server has used' "$root/scripts/update-server" online-key new --data "$work/nowhere"

expected
