# ./museum soak [MINUTES]: a suite of its own under four visitors who ask, listen and interrupt. Sourced by ./museum.
build AppHost/AppHost.csproj
build benchmarks/Soak/Soak.csproj
cd "$ROOT"
soak_data=$(mktemp -d "$STATE/soak.XXXXXX")
soak_port=8790
"$ROOT/museum" run --no-setup --port "$soak_port" --data "$soak_data" --set RateLimit:PermitLimit=1000000 >"$STATE/soak.log" 2>&1 &
soak_suite=$!
trap 'kill -TERM $soak_suite 2>/dev/null; wait $soak_suite 2>/dev/null; rm -rf "$soak_data"' EXIT
for _ in $(seq 120); do
  grep -q 'Museum is ready' "$STATE/soak.log" && break
  kill -0 $soak_suite 2>/dev/null || { tail -n 20 "$STATE/soak.log" >&2; exit 1; }
  sleep 1
done
printf '%s, %s cores, %s, .NET %s\n' "$(date -I)" "$(nproc)" "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)" "$(dotnet_version)"
dotnet "benchmarks/Soak/bin/compat/$CONFIGURATION/net10.0/Soak.dll" "http://127.0.0.1:$soak_port" "${1:-5}" content/exhibits
