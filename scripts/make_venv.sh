#!/bin/sh
# Make the virtual environment with the first Python of 3.11 or newer on the path.
set -eu
venv=$1

for python in ${PYTHON:-python3.11 python3.12 python3.13 python3.14 python3 python}; do
    command -v "$python" >/dev/null 2>&1 || continue
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || continue
    if ! "$python" -c 'import venv, ensurepip' >/dev/null 2>&1; then
        lacking="$python"
        continue
    fi
    echo "Making $venv with $("$python" --version)"
    exec "$python" -m venv "$venv"
done

if [ -n "${lacking:-}" ]; then
    echo "$lacking lacks the module venv or ensurepip. On Debian and Ubuntu: apt-get install python3-venv" >&2
else
    echo "Python 3.11 or newer is needed, and none is on the path. Name one with PYTHON=/path/to/python3.11" >&2
fi
exit 1
