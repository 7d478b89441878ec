#!/bin/sh
# Debian packages that pubtool needs beside Python: installed where missing and permitted, else the
# line to run is printed. "system.sh demo" for using it, "system.sh test" for its test suite too.
set -eu

missing=""
want() { # want PACKAGE COMMAND…: the package is needed if the command fails
    package=$1
    shift
    "$@" >/dev/null 2>&1 || missing="$missing $package"
}
has_library() { ${PYTHON:-python3} -c "import ctypes, sys; ctypes.CDLL(sys.argv[1])" "$1"; }
has_font() { fc-match --format='%{family}' "$1" | grep -q "$1"; }
has_locale() { locale -a | grep -qi "^$1"; }

want python3-venv ${PYTHON:-python3} -c "import ensurepip, venv"
want libpango-1.0-0 has_library libpango-1.0.so.0
want libpangoft2-1.0-0 has_library libpangoft2-1.0.so.0
want libharfbuzz-subset0 has_library libharfbuzz-subset.so.0
want fontconfig command -v fc-match
want fonts-sil-gentiumplus has_font "Gentium Book Plus"
want fonts-lato has_font Lato
if [ "${1:-demo}" = test ]; then
    want fonts-urw-base35 has_font P052
    want poppler-utils command -v pdftoppm
    want ghostscript test -e /usr/share/color/icc/ghostscript/default_cmyk.icc
    want chromium command -v chromium
    want npm command -v npm
    want locales has_locale tr_TR.utf8
fi

if [ "${1:-demo}" = deposit ]; then
    want postgresql test -d /usr/lib/postgresql
fi

if [ -n "$missing" ]; then
    line="apt-get install -y --no-install-recommends$missing"
    if [ "$(id -u)" = 0 ]; then sudo=""; else sudo="sudo -n"; fi
    if command -v apt-get >/dev/null && $sudo true 2>/dev/null; then
        echo "Installing:$missing"
        export DEBIAN_FRONTEND=noninteractive
        $sudo apt-get update -qq
        $sudo $line -qq >/dev/null
    else
        echo "Please run first:  sudo $line" >&2
        exit 3
    fi
fi

# Tests export under the Turkish locale too, where "i" and "I" are letters apart.
if [ "${1:-demo}" = test ] && ! has_locale tr_TR.utf8; then
    ${sudo:-} localedef -i tr_TR -f UTF-8 tr_TR.UTF-8 || echo "no Turkish locale: sudo localedef -i tr_TR -f UTF-8 tr_TR.UTF-8" >&2
fi
