# ./museum bench call [--calls 1] [--minutes 2] [--every 20s] [--out FILE] [SCENARIO …]: live calls at a suite of its own. Sourced by ./museum.
install_packages run
build AppHost/AppHost.csproj
build benchmarks/Call/Call.csproj

# Coughs, fingers and doors that somebody recorded: Debian's scratch (CC BY-SA 3.0, MIT Media Lab) and sonic-pi-samples (CC0), taken out of their
# packages and not installed. Without them the benchmark makes coughs of its own, and says so.
fetch_sounds() {
  local from name
  mkdir -p "$STATE/sounds.new"
  (cd "$STATE/sounds.new" && apt-get download scratch sonic-pi-samples && for from in *.deb; do dpkg-deb -x "$from" .; done) >"$STATE/sounds.log" 2>&1 || true
  while read -r name from; do
    [ ! -e "$STATE/sounds.new/usr/share/$from" ] || ffmpeg -nostdin -v error -y -i "$STATE/sounds.new/usr/share/$from" -f s16le -ar 16000 -ac 1 "$STATE/sounds.new/$name.raw"
  done <<'LIST'
cough-man scratch/Media/Sounds/Human/Cough-male.wav
cough-woman scratch/Media/Sounds/Human/Cough-female.wav
sneeze-man scratch/Media/Sounds/Human/Sneeze-male.wav
sneeze-woman scratch/Media/Sounds/Human/Sneeze-female.wav
click-fingers scratch/Media/Sounds/Human/FingerSnap.wav
click-fingers2 sonic-pi/samples/perc_snap.flac
click-fingers3 sonic-pi/samples/perc_snap2.flac
click-pop scratch/Media/Sounds/Effects/Pop.wav
door-close scratch/Media/Sounds/Effects/DoorClose.mp3
door-slam sonic-pi/samples/perc_door.flac
door-thud sonic-pi/samples/perc_impact1.flac
LIST
  # What listeners say: no voice can read "mhm", but phones it can.
  local pitch
  for pitch in 30 45 60 75; do
    espeak-ng -v en-us -p $pitch -s 150 --stdout "[[m@h'm]]" | ffmpeg -nostdin -v error -y -i - -f s16le -ar 16000 -ac 1 "$STATE/sounds.new/mhm-$pitch.raw"
    espeak-ng -v en-us -p $pitch -s 150 --stdout "[[Vh'V]]" | ffmpeg -nostdin -v error -y -i - -f s16le -ar 16000 -ac 1 "$STATE/sounds.new/uhhuh-$pitch.raw"
  done
  rm -rf "$STATE/sounds.new/usr" "$STATE"/sounds.new/*.deb
  mv "$STATE/sounds.new" "$STATE/sounds"
}

[ -d "$STATE/sounds" ] || fetch_sounds
cd "$ROOT"
exec dotnet "benchmarks/Call/bin/compat/$CONFIGURATION/net10.0/Call.dll" --root "$ROOT" --out "$STATE/call.json" "$@"
