# ./museum bench page [--url URL] [--loads 10] [--out FILE]: how fast and how light the visitor's page is, in Chromium. Sourced by ./museum.
install_packages run
build_suite
exec node "$ROOT/benchmarks/Page/page.mjs" --root "$ROOT" --out "$STATE/page.txt" "$@"
