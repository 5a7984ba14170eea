# ./museum bench micro [FILTER …]: what one operation of a mechanism costs, each against its goal. Sourced by ./museum.
build benchmarks/Micro/Micro.csproj
cd "$ROOT"
printf '%s, %s cores, %s, .NET %s\n' "$(date -I)" "$(nproc)" "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)" "$(dotnet_version)"
dotnet "benchmarks/Micro/bin/compat/$CONFIGURATION/net10.0/Micro.dll" "$STATE/micro" "$@"
