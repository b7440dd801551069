#!/usr/bin/env bash
# Makes artifacts/groupticketing-VERSION-linux-x64.tar.gz and its .sha256: everything a Debian machine needs, without SDK or Docker. deploy/release.sh [VERSION]
# Sorted, without owners, dated by the commit: two builds of one commit differ in the compiler's stamps at most. The version is that of Directory.Build.props; another one is for trying upgrades.
set -euo pipefail
cd "$(dirname "$0")/.."
version=${1:-$(sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' Directory.Build.props)}
made=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
name=groupticketing-$version
archive=$name-linux-x64.tar.gz
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT

dotnet publish host -c Release -r linux-x64 --self-contained --artifacts-path artifacts/build -o "$stage/$name/bin" \
  -p:Version="$version" -p:ContinuousIntegrationBuild=true -v q -nologo
echo "$version" >"$stage/$name/VERSION"
cp LICENSE CHANGELOG.md "$stage/$name/"
cp deploy/machine/install.sh "$stage/$name/install.sh"
cp -r --parents deploy/machine deploy/systemd deploy/proxy deploy/prometheus deploy/pilot deploy/itop docs/operate.md docs/fr/exploiter.md docs/fr/itop.md "$stage/$name/"
rm "$stage/$name/deploy/machine/install.sh"
tar --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$made" --mode='u=rwX,go=rX' -C "$stage" -c "$name" | gzip -n >"artifacts/$archive"
(cd artifacts && sha256sum "$archive" >"$archive.sha256")
echo "artifacts/$archive: $(($(stat -c %s "artifacts/$archive") / 1048576)) MiB"
