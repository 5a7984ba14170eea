# ./museum bench line [URL]: first text, first sentence, first audio and broker hop of a running suite. Sourced by ./museum.
# Start the suite with its limits raised: ./museum run --set RateLimit:PermitLimit=100000
build benchmarks/Line/Line.csproj
cd "$ROOT"
printf '%s, %s cores, %s, .NET %s\n' "$(date -I)" "$(nproc)" "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)" "$(dotnet_version)"
dotnet "benchmarks/Line/bin/compat/$CONFIGURATION/net10.0/Line.dll" "${1:-http://localhost:8000}" content/exhibits
