# whisper.cpp as a shared library, for compat/Whisper.net. Sourced by ./museum; `bash setup/whisper.sh` alone does the same for the tests.
#
# Built from the sources that npm's nodejs-whisper carries, once per machine: kept in the user's cache, linked into .museum/tools/whisper.
# -DGGML_NATIVE=OFF: for any x86-64 with AVX2 (Intel since 2013, AMD since 2015) or any ARMv8, whichever machine it was built on.

NODEJS_WHISPER=0.3.1
NODEJS_WHISPER_SUM=92041caf2b26c74b7f489fedf37bd093f216eebd61df512045ec2d19d0531d37
WHISPER_TOOLS='cmake g++ make npm'

install_whisper() {
  local root=$1 tools=$1/.museum/tools cache log
  cache=${XDG_CACHE_HOME:-$HOME/.cache}/museum/whisper-$NODEJS_WHISPER-$(uname -m)
  log=$1/.museum/whisper.log
  mkdir -p "$tools" "$cache"
  # Two may begin at the same time; the second finds what the first has made.
  (
    flock 8
    [ -e "$cache/lib/libwhisper.so" ] || build_whisper "$cache" "$log"
  ) 8>"$cache/.lock" || return 1
  ln -sfn "$cache/lib" "$tools/whisper"
}

# $1: where lib/ is to be; $2: the log.
build_whisper() {
  local tool work
  for tool in $WHISPER_TOOLS; do
    command -v "$tool" >/dev/null || { printf 'Missing: %s, which whisper.cpp is built with\n  how to get it: apt-get install cmake build-essential npm\n' "$tool" >&2; return 1; }
  done
  echo "Building whisper.cpp from npm's nodejs-whisper $NODEJS_WHISPER (one to two minutes, once)"
  work=$(mktemp -d "$1/build.XXXXXX")
  fetch_npm_parts "nodejs-whisper@$NODEJS_WHISPER" "$NODEJS_WHISPER_SUM" "$work/source" "$2" package/cpp/whisper.cpp || { rm -rf "$work"; return 1; }
  if (
    cd "$work" &&
      cmake -S source/package/cpp/whisper.cpp -B build -DCMAKE_BUILD_TYPE=Release -DBUILD_SHARED_LIBS=ON -DGGML_NATIVE=OFF -DGGML_OPENMP=OFF \
        -DWHISPER_BUILD_TESTS=OFF -DWHISPER_BUILD_EXAMPLES=OFF -DWHISPER_BUILD_SERVER=OFF \
        -DCMAKE_INSTALL_PREFIX="$work/installed" -DCMAKE_INSTALL_LIBDIR=lib -DCMAKE_INSTALL_RPATH='$ORIGIN' &&
      cmake --build build -j2 && cmake --install build --strip
  ) >"$2" 2>&1; then
    rm -rf "$1/lib" && mv "$work/installed/lib" "$1/lib"
    rm -rf "$work"
  else
    rm -rf "$work"
    echo "whisper.cpp could not be built; the end of $2:" >&2
    tail -n 15 "$2" >&2
    return 1
  fi
}

# Does a setting name Whisper as a recogniser? $@: those of the command line.
wants_whisper() {
  grep -qs '"whisper"' "$ROOT/config/global.json" "$ROOT/config/services/audioservice.json" "$ROOT/AudioService/appsettings.json" && return 0
  env | grep -q '^Stt__Providers__[^=]*=whisper$' && return 0
  [[ " $* " == *"Stt:Providers:"*"=whisper "* ]]
}

# Executed, not sourced.
if [ "${BASH_SOURCE[0]}" = "$0" ]; then
  set -euo pipefail
  . "$(dirname "$0")/npm.sh"
  install_whisper "$(cd "$(dirname "$0")/.." && pwd)"
fi
