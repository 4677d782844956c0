# shellcheck shell=bash
# What scripts/demo and scripts/test share: long steps with a clock, and what must be installed.
# Sourced after common.sh.

# ---- Steps: each in the background with its own log, so that independent ones run side by side ---

BEGAN=$SECONDS
LOGS=$BUILD/logs
declare -A STEP_PID=() STEP_BEGAN=()
STEP_TIMES=()

elapsed() { echo $((SECONDS - BEGAN)); }

# begin NAME COMMAND...
begin() {
    local name=$1
    shift
    mkdir -p "$LOGS"
    # A process group of its own, so that stop_steps ends what it has started, too.
    set -m
    ("$@") </dev/null >"$LOGS/$name.log" 2>&1 &
    STEP_PID[$name]=$!
    set +m
    STEP_BEGAN[$name]=$SECONDS
}

# Waits for every step begun, telling every five seconds what is still going on, and of the last one
# what it is at.
finish() {
    local name line told=$SECONDS
    while [ ${#STEP_PID[@]} -gt 0 ]; do
        line=
        for name in "${!STEP_PID[@]}"; do
            if [ -d "/proc/${STEP_PID[$name]}" ]; then
                line+="${line:+, }$name $((SECONDS - STEP_BEGAN[$name])) s"
            else
                end_step "$name"
            fi
        done
        if [ $((SECONDS - told)) -ge 5 ] && [ -n "$line" ]; then
            if [ ${#STEP_PID[@]} -eq 1 ]; then line+=": $(last_line "${!STEP_PID[@]}")"; fi
            printf '  [%3d s] %s\n' "$(elapsed)" "$line"
            told=$SECONDS
        fi
        [ -z "$line" ] || sleep 0.2
    done
}

last_line() {
    tail -n 1 "$LOGS/$1.log" | sed -E 's/\x1b\[[0-9;]*m//g; s/^(\[[A-Z]+\] *|\[exec\] *)+//' | cut -c 1-80
}

end_step() {
    local name=$1 status=0
    wait "${STEP_PID[$name]}" || status=$?
    unset "STEP_PID[$name]"
    if [ $status -ne 0 ]; then
        echo "---- the end of build/logs/$name.log"
        tail -n 40 "$LOGS/$name.log"
        echo "----"
        die "'$name' failed with status $status; its whole log is build/logs/$name.log"
    fi
    STEP_TIMES+=("$(printf '%4d s  %s' $((SECONDS - STEP_BEGAN[$name])) "$name")")
    printf '  [%3d s] %s: done\n' "$(elapsed)" "$name"
}

# A step that says what it is, then takes the whole attention.
step() {
    begin "$@"
    finish
}

# limited SECONDS COMMAND...: ends the command, and whatever it has started, when the time is over.
limited() {
    local limit=$1 mark=$BASHPID began=$SECONDS status=0 pid
    shift
    # Children inherit the mark, also those of Windows programs, which Wine puts into sessions apart.
    MFVCAM_LIMITED=$mark timeout --foreground --kill-after=10 "$limit" "$@" || status=$?
    if [ $status -ne 0 ] && [ $((SECONDS - began)) -ge "$limit" ]; then
        # Processes of others cannot be looked at, and grep calls that a failure.
        { grep -lzsx "MFVCAM_LIMITED=$mark" /proc/[0-9]*/environ || true; } |
            while IFS=/ read -r _ _ pid _; do kill -KILL "$pid" 2>/dev/null || true; done
        echo "timed out after $limit s: $*"
    fi
    return $status
}

stop_steps() {
    local name
    for name in "${!STEP_PID[@]}"; do
        kill -- "-${STEP_PID[$name]}" 2>/dev/null || true
    done
}

report_times() {
    [ ${#STEP_TIMES[@]} -gt 0 ] || return 0
    echo "Where the time went (steps beside one another overlap):"
    printf '%s\n' "${STEP_TIMES[@]}"
    printf '%4d s  all\n' "$(elapsed)"
}

# ---- What must be installed ---------------------------------------------------------------------

# The JDK that builds: 17 where there is one, since that is what the build is proven with.
find_jdk() {
    local home
    # Unset or empty, JAVA_HOME must not count: /bin/javac may exist, and its home is not "".
    for home in /usr/lib/jvm/java-17-openjdk* ${JAVA_HOME:+"$JAVA_HOME"} /usr/lib/jvm/*; do
        if [ -x "$home/bin/javac" ] && [ "$(javac_version "$home/bin/javac")" -ge 17 ]; then
            echo "$home"
            return
        fi
    done
    have javac && [ "$(javac_version javac)" -ge 17 ] &&
        dirname "$(dirname "$(readlink -f "$(command -v javac)")")"
}

javac_version() {
    local version
    version=$("$1" -version 2>&1) || true
    version=${version#javac }
    version=${version%%[^0-9]*}
    echo "${version:-0}"
}

# Asked for a file that it has, clang tells where; else it repeats the name.
have_sanitizers() {
    have clang++ && [ -e "$(clang++ --print-file-name=libclang_rt.fuzzer-x86_64.a)" ]
}

# missing_packages demo|test: Debian's names of what is not there, a line each.
missing_packages() {
    { have wineserver && wine --version >/dev/null 2>&1; } || printf '%s\n' wine wine64
    have cmake || echo cmake
    have ninja || echo ninja-build
    have x86_64-w64-mingw32-g++-posix || have x86_64-w64-mingw32-g++ || echo g++-mingw-w64-x86-64-posix
    find_jdk >/dev/null || echo openjdk-17-jdk-headless
    have mvn || echo maven
    python_with_venv >/dev/null || echo python3-venv
    have flock || echo util-linux
    [ -e /etc/ssl/certs/ca-certificates.crt ] || [ -d /etc/pki/tls ] || echo ca-certificates
    if [ "$1" = test ]; then
        have shellcheck || echo shellcheck
        [ -d /usr/src/googletest ] || echo googletest
        have clang++ || echo clang
        have_sanitizers || echo libclang-rt-dev
        have git || echo git
        have gpg || echo gpg
        have gpg-agent || echo gpg-agent
        have openssl || echo openssl
        have osslsigncode || echo osslsigncode
    fi
}

# ensure_packages demo|test: installs what is missing where it may, else says what to do by hand.
ensure_packages() {
    local packages as_root=()
    [ "$(uname -sm)" = "Linux x86_64" ] ||
        die "this needs Linux on x86-64, for Wine to run a Windows JVM; this is $(uname -sm)"
    mapfile -t packages < <(missing_packages "$1")
    if [ ${#packages[@]} -eq 0 ]; then
        set_jdk
        return
    fi

    local by_hand="apt-get update && apt-get install --no-install-recommends ${packages[*]}"
    if ! have apt-get; then
        echo "Missing here, by Debian's names: ${packages[*]}"
        echo "This is not Debian or Ubuntu: please install them your system's way, then start again."
        exit 1
    fi
    if [ "$(id -u)" -ne 0 ]; then
        if ! have sudo || ! sudo -n true 2>/dev/null; then
            echo "Missing here: ${packages[*]}"
            echo "They need root, which this is not (and sudo would ask for a password). By hand:"
            echo "    sudo sh -c '$by_hand'"
            echo "then start again."
            exit 1
        fi
        as_root=(sudo -n)
    fi
    echo "Installing with apt-get: ${packages[*]}"
    step packages install_packages "${packages[@]}"

    mapfile -t packages < <(missing_packages "$1")
    [ ${#packages[@]} -eq 0 ] || die "still missing after apt-get install: ${packages[*]}"
    set_jdk
}

install_packages() {
    # Without the sync after each file; a machine that loses its power now starts over anyway.
    local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get
        -o Dpkg::Options::=--force-unsafe-io -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3)
    "${apt[@]}" update
    "${apt[@]}" install -y --no-install-recommends "$@"
}

set_jdk() {
    JAVA_HOME=$(find_jdk)
    export JAVA_HOME PATH="$JAVA_HOME/bin:$PATH"
}

# As they are released: all with one compiler, whose C runtime is the UCRT.
# shellcheck disable=SC2034 # for who sources this
RELEASED_PRESETS=(windows-x64-zig windows-x86 windows-arm64)

# ---- Shared steps -------------------------------------------------------------------------------

# zig builds its C++ runtime and its resource compiler at their first use, for minutes.
# warm_zig x86_64|x86|aarch64
warm_zig() {
    local stamp
    stamp=${ZIG_GLOBAL_CACHE_DIR:-$MFVCAM_CACHE/zig-cache}/ready-$ZIG_VERSION-$1
    [ -e "$stamp" ] && return
    local work
    work=$(mktemp -d)
    echo '#include <string>
int main(int, char** v) { return std::string(v[0]).size() == 1; }' >"$work/a.cpp"
    native/toolchains/zig/c++ "--target=$1-windows-gnu" -O3 -DNDEBUG -s "$work/a.cpp" -o "$work/a.exe"
    echo '1 RCDATA { "" }' >"$work/a.rc"
    native/toolchains/zig/rc /:auto-includes gnu /fo "$work/a.res" -- "$work/a.rc"
    rm -rf "$work"
    touch "$stamp"
}

# build_preset PRESET ARGS... (of CMake's configuring)
build_preset() {
    local preset=$1
    shift
    cmake --preset "$preset" "$@"
    cmake --build --preset "$preset"
}

# What programs get: the DLLs and the Frame Server, and none of the tests.
# build_natives PRESET ARGS...
build_natives() {
    local preset=$1
    shift
    cmake --preset "$preset" "$@"
    cmake --build --preset "$preset" --target natives
}

# The source is found through the registry of the machine (HKLM), as Windows' services do.
register_source() {
    "$ROOT/scripts/wine" regsvr32 /s "$BUILD/windows-x64/bin/mfvcam-source.dll"
}
