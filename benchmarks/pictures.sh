# ./museum bench pictures [--url URL --password-file FILE] [--out FOLDER]: takes the README's pictures anew. Sourced by ./museum.
install_packages run
build_suite
exec node "$ROOT/benchmarks/Page/pictures.mjs" --root "$ROOT" --out "$ROOT/docs/images" "$@"
