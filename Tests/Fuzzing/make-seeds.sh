#!/bin/bash
# Makes the fuzzer's seeds: a sixth of a second of sound in every format that libsndfile writes and in those that only
# ffmpeg reads, and texts of every kind. Usage: make-seeds.sh FOLDER. Needs libsndfile, sox, ffmpeg, lame, opus-tools and python3 with numpy.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
out="${1:?usage: make-seeds.sh FOLDER}"
mkdir -p "$out"/native "$out"/ffmpeg "$out"/texts/{request,response,flow,scenario,http}
cd "$out"

# Everything that libsndfile writes: each container with each encoding, in both byte orders, mono and stereo.
/usr/bin/python3 - native <<'PYTHON'
import ctypes, sys, numpy as np
lib = ctypes.CDLL("libsndfile.so.1")
class Info(ctypes.Structure):
    _fields_ = [("frames", ctypes.c_int64), ("rate", ctypes.c_int), ("channels", ctypes.c_int),
                ("format", ctypes.c_int), ("sections", ctypes.c_int), ("seekable", ctypes.c_int)]
class Format(ctypes.Structure):
    _fields_ = [("format", ctypes.c_int), ("name", ctypes.c_char_p), ("extension", ctypes.c_char_p)]
lib.sf_open.restype = ctypes.c_void_p
lib.sf_open.argtypes = [ctypes.c_char_p, ctypes.c_int, ctypes.POINTER(Info)]
lib.sf_writef_float.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int64]
lib.sf_close.argtypes = [ctypes.c_void_p]
lib.sf_set_string.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_char_p]
COUNT_MAJOR, MAJOR, COUNT_SUBTYPE, SUBTYPE = 0x1030, 0x1031, 0x1032, 0x1033
def formats(count, get):
    number = ctypes.c_int()
    lib.sf_command(None, count, ctypes.byref(number), 4)
    for index in range(number.value):
        format = Format(index)
        lib.sf_command(None, get, ctypes.byref(format), ctypes.sizeof(format))
        yield format.format, format.extension
def write(path, format, rate, channels):
    info = Info(0, rate, channels, format, 0, 0)
    if not lib.sf_format_check(ctypes.byref(info)): return False
    n = np.arange(rate // 6)
    sound = 0.4 * np.sin(2 * np.pi * 440 * n / rate) * np.exp(-8 * n / rate) + 0.01 * np.sin(n * n)
    frames = np.repeat(sound[:, None], channels, axis=1).astype(np.float32).copy()
    file = lib.sf_open(path.encode(), 0x20, ctypes.byref(info))
    if not file: return False
    if channels == 2: lib.sf_set_string(file, 1, b"title")
    lib.sf_writef_float(file, frames.ctypes.data, len(frames))
    lib.sf_close(file)
    return True
RAW, endings = 0x040000, {0x10000000: "le", 0x20000000: "be", 0: "file"}
for major, extension in formats(COUNT_MAJOR, MAJOR):
    if major == RAW: continue
    for subtype, _ in formats(COUNT_SUBTYPE, SUBTYPE):
        for order, name in endings.items():
            for channels in (1, 2):
                for rate in (8000, 22050, 44100):
                    path = f"{sys.argv[1]}/{major:06x}-{subtype:04x}-{name}-{channels}.{extension.decode()}"
                    if write(path, major | subtype | order, rate, channels): break
write(f"{sys.argv[1]}/surround.wav", 0x130002, 8000, 6)
write(f"{sys.argv[1]}/surround.flac", 0x170002, 8000, 6)
write(f"{sys.argv[1]}/surround.ogg", 0x200060, 8000, 6)
PYTHON
find native -size +40k -delete
# libsndfile writes only some of what it reads.
base=native/010000-0002-file-1.wav
sox_to() { sox -D "$base" "$@" 2>/dev/null || rm -f "${@: -1}"; }
for ending in 8svx avr cvsd dvms hcom maud mp2 prc sds sf smp sndt sox sph vox wve xa; do sox_to "native/sox.$ending"; done
sox_to -e gsm-full-rate native/gsm610.wav
sox_to -r 8000 -e ms-adpcm native/msadpcm.wav
sox_to -r 8000 -e a-law native/alaw.sph
ff() { ffmpeg -nostdin -loglevel error -y -i "$base" "$@" || rm -f "${@: -1}"; }
lame --quiet -b 32 "$base" native/cbr.mp3
lame --quiet -V 5 --tt title --id3v2-only "$base" native/vbr-id3v2.mp3
lame --quiet -b 32 -t --resample 16 "$base" native/plain.mp3
lame --quiet -b 48 -m f -p --resample 22.05 native/130000-0002-file-2.wav native/mid-side.mp3
lame --quiet -b 64 -m s --resample 44.1 native/130000-0002-file-2.wav native/stereo.mp3
lame --quiet -V 5 --resample 8 "$base" native/low-rate.mp3
opusenc --quiet --max-delay 20 "$base" native/mono.opus
opusenc --quiet --framesize 5 native/130000-0002-file-2.wav native/stereo.opus
opusenc --quiet native/surround.wav native/surround.opus
ff -c:a libvorbis -page_duration 20000 native/pages.ogg
ff -c:a alac native/alac.caf
ff -c:a g722 native/g722.wav
ff -c:a pcm_s16le -rf64 always native/rf64.wav
for ending in ulaw alaw sln; do cp "$here/../../samples/audio/chime.$ending" native/; done
base64 -w 76 "$base" > native/wav.b64
base64 -w 0 native/cbr.mp3 | sed 's/^/"data:audio\/mpeg;base64,/; s/$/"/' > native/mp3.txt
echo '{"command":"play_wav_data","params":{"audio_data":"UklGRg=="}}' > native/command.json

for ending in m4a aac ac3 wma webm mka wv tta mp2 mov avi ts; do ff "ffmpeg/ff.$ending"; done
ff -c:a alac ffmpeg/alac.m4a
ff -c:a aac -movflags frag_keyframe+empty_moov ffmpeg/fragmented.mp4
ff -c:a aac -f 3gp ffmpeg/aac.3gp
ff -c:a flac -f ogg ffmpeg/flac.ogg
ff -c:a libspeex ffmpeg/speex.ogg
ff -ar 44100 ffmpeg/ff.flv
ff -c:a g722 -f g722 ffmpeg/ff.g722
ff -ar 8000 -c:a libgsm -f gsm ffmpeg/ff.gsm
ff -ar 44100 -c:a dca -strict -2 ffmpeg/ff.dts
ff -ar 44100 -c:a aac -f ipod ffmpeg/delay.m4a
ff -c:a pcm_s16le ffmpeg/pcm.mkv
ff -c:a adpcm_ima_wav ffmpeg/ima.mov
for name in aac ac3 g722 gsm m4a mka webm wma; do cp "$here/../../samples/audio/chime.$name" ffmpeg/; done
# Debian has no AMR encoder: twenty frames of 12.2 kbit/s noise.
/usr/bin/python3 -c 'import random, sys; random.seed(1)
sys.stdout.buffer.write(b"#!AMR\n" + b"".join(b"\x3c" + random.randbytes(31) for _ in range(20)))' > ffmpeg/narrow.amr
# What is read as text: the samples, the scenarios of the tests, an answer with each command, and requests.
cp "$here"/../../samples/flows/*.yaml texts/flow/
cp "$here"/../../samples/calls/*.yaml texts/scenario/
for file in "$here"/../CallSimulationTests/Scenarios/*/*.yaml; do
    cp "$file" "texts/scenario/$(basename "$(dirname "$file")")-$(basename "$file")"
done
/usr/bin/python3 - texts <<'PYTHON'
import json, sys
def write(kind, name, text):
    with open(f"{sys.argv[1]}/{kind}/{name}", "w", newline="") as file: file.write(text)
tts = "TTS|TTS_EN-GB_SERENA|Hello"
commands = {
    "play": {"media_id": tts}, "play_record": {"media_file": "record-1"}, "play_wav_data": {"audio_data": "UklGRg=="},
    "play_talk_detect": {"media_id": "1", "min_ms": 500, "max_ms": 60000, "silence_ms": 5, "analysistime_ms": 4000},
    "read": {"media_id": "1", "max_digits": 4, "attempts": 3, "timeout_ms": 5000}, "record": {"silence": 2, "max_duration": 60},
    "wait": {"wait": 3}, "wait_for_silence": {"silence_ms": 1000, "iterations": 1, "timeout": 10},
    "send_dtmf": {"digits": "12#"}, "start_call_recording": {}, "stop_call_recording": {}, "hangup": {}, "hangup_callid": {"callid": 7},
    "dialout": {"targets": [{"number": "+33100000001", "timeout": 20}]}, "simple_conference": {"room_id": "1"},
    "conference": {"room_id": "1", "pin_code": "1234", "pin_max_tries": 3, "pin_wait": 5},
}
for command, params in commands.items():
    answer = {"command": command, "params": params, "command_id": 7, "variables": {"place": "menu", "deep": [1, {"a": None}]}}
    write("response", command, json.dumps(answer))
write("response", "empty", "{}")
for status in ("INCOMING_CALL", "UP", "HANGUP", "BUSY"):
    request = {
        "app": "a", "callid": 421889, "request_hash": None, "cli_name": "Anna", "cli_number": "+33612345678",
        "date_started": "2026-11-30 12:00:00", "number": "+33100000000", "command": "read", "command_id": 7,
        "command_result": "1234", "command_error": "", "call_status": status, "cdr_field": "", "variables": {"place": "menu"}}
    text = json.dumps(request, indent=1)
    write("request", status, text)
    post = f"POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: {len(text)}\r\n\r\n{text}"
    write("http", status, post)
    write("http", status + "-twice", post + post)
    write("http", status + "-chunked", post.replace(f"Content-Length: {len(text)}", "Transfer-Encoding: chunked").replace(
        text, f"{len(text):x}\r\n{text}\r\n0\r\n\r\n"))
for path in ("/health", "/metrics", "http://a/health"):
    write("http", "get-" + path.split("/")[-1] + str(len(path)), f"GET {path} HTTP/1.1\r\nHost: a\r\nConnection: keep-alive\r\n\r\n")
PYTHON
find native ffmpeg -type f -empty -delete
# Where the file's own byte order is one of the two, both are the same file.
md5sum native/* | sort | awk 'seen[$1]++ { print $2 }' | xargs -r rm
echo "$(find native -type f | wc -l) seeds of formats read in the process, $(find ffmpeg -type f | wc -l) of those read by ffmpeg, $(find texts -type f | wc -l) texts"
