# ./museum bench speech [voices] [questions] [everyday] [delay] [recordings] [content]: how fast voices are, how well and how fast visitors are heard. Sourced by ./museum.
install_packages test
build benchmarks/Speech/Speech.csproj
cd "$ROOT"
printf '%s, %s cores, %s, .NET %s\n' "$(date -I)" "$(nproc)" "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)" "$(dotnet_version)"
dotnet "benchmarks/Speech/bin/compat/$CONFIGURATION/net10.0/Speech.dll" "$@"
