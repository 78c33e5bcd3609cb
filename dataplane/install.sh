#!/bin/sh
# Installs what the data plane's tests need and this Debian or Ubuntu machine lacks. As root. No server is started: the
# tests start their own, on free ports, in a temporary folder.
set -eu

missing=
# need PACKAGE FILE...: unless one of the files is there.
need() {
  package=$1
  shift
  for file in "$@"; do
    if [ -x "$file" ] || command -v "$file" >/dev/null 2>&1; then
      return
    fi
  done
  missing="$missing $package"
}

# Its compiler, too: assembling the image compiles our snapshot mode.
need default-jdk-headless javac
need maven mvn
need openssl openssl
need unzip unzip
need util-linux setpriv
need faketime faketime
need mariadb-server-core mariadbd /usr/sbin/mariadbd
need mariadb-client-core mariadb
need python3 python3
# Debian keeps what makes virtual environments apart.
if ! python3 -c 'import ensurepip' 2>/dev/null; then missing="$missing python3-venv"; fi
need postgresql postgres /usr/lib/postgresql/*/bin/postgres

if [ -n "$missing" ]; then
  echo "installing:$missing"
  export DEBIAN_FRONTEND=noninteractive
  # Debian's package would make and start a server of its own; apt keeps this file as it finds it.
  mkdir -p /etc/postgresql-common
  [ -e /etc/postgresql-common/createcluster.conf ] ||
    echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.conf
  apt-get update -q
  # shellcheck disable=SC2086 # one word a package
  apt-get install -q -y --no-install-recommends -o Dpkg::Options::=--force-confold $missing
fi
