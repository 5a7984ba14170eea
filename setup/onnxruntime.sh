# ONNX Runtime's official sources and library, and Silero's voice activity model, for compat/Microsoft.ML.OnnxRuntime and VoiceCallService.
# Both are parts of npm packages; of the first's 385 MB 30 are needed. Kept outside of the checkout, for every clone. Sourced by ./museum.

# Also in compat/Microsoft.ML.OnnxRuntime/Microsoft.ML.OnnxRuntime.csproj and VoiceCallService/VoiceCallService.csproj.
MUSEUM_CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/museum
ONNXRUNTIME=onnxruntime-1.29.0
SILERO=silero-vad-v5

install_onnxruntime() {
  fetch_npm_parts com.github.asus4.onnxruntime@0.4.9 e59788788818fdde1b2e522e766a21ba0f7d8391de55737abf81e32cc801785d "$MUSEUM_CACHE/$ONNXRUNTIME" "$STATE/npm.log" \
    package/Runtime package/LICENSE package/Plugins/Linux/x64/libonnxruntime.so
  fetch_npm_parts @ricky0123/vad-web@0.0.31 d1a211cf1a2ed26297da52cc08de79e75d79838a274bfc6de546feb1f828c940 "$MUSEUM_CACHE/$SILERO" "$STATE/npm.log" package/dist/silero_vad_v5.onnx
}
