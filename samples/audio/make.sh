#!/bin/bash
# Makes the files of this folder again: one chime in every format. Needs sox, ffmpeg, lame, opus-tools and python3.
set -euo pipefail
cd "$(dirname "$0")"
python3 - <<'PYTHON'
import math, struct, wave
rate = 22050
samples = []
for n in range(rate * 6 // 10):
    t = n / rate - 0.1
    strike = lambda start, f: 0 if t < start else math.exp(-9 * (t - start)) * min(1, (t - start) / 0.004) * (
        math.sin(2 * math.pi * f * (t - start)) + 0.4 * math.sin(2 * math.pi * 2.01 * f * (t - start)))
    samples.append(round(9000 * (strike(0, 659.26) + strike(0.15, 523.25))))
with wave.open("chime.wav", "wb") as out:
    out.setnchannels(1), out.setsampwidth(2), out.setframerate(rate)
    out.writeframes(struct.pack(f"<{len(samples)}h", *samples))
PYTHON
run() { ffmpeg -nostdin -loglevel error -y -bitexact -i chime.wav -map_metadata -1 "$@"; }
for ending in aiff au caf w64 flac voc; do sox -D chime.wav "chime.$ending"; done
lame --quiet -b 64 chime.wav chime.mp3
# Short pages, so that a file cut off still holds some.
run -c:a libvorbis -page_duration 50000 chime.ogg
opusenc --quiet --max-delay 50 --bitrate 32 chime.wav chime.opus
for ending in m4a wma ac3 webm mka; do run "chime.$ending"; done
run -c:a aac chime.aac
run -c:a adpcm_ms chime-adpcm.wav
sox -D chime.wav -r 8000 -t ul chime.ulaw
sox -D chime.wav -r 8000 -t al chime.alaw
sox -D chime.wav -r 8000 -t raw -e signed -b 16 chime.sln
sox -D chime.wav -r 8000 chime.gsm
run -ar 16000 -c:a g722 -f g722 chime.g722
base64 -w 76 chime.wav > chime.b64
