"""Judges live calls from both sides: the handler that is asked, and a PBX that calls by AudioSocket, written without rtmedia's code.

Usage: pbx_commands.py RTMEDIA

Starts `RTMEDIA call URL --listen`, places calls in which each command ends in each of its ways, by what the caller says and presses,
and prints a line for each that is not as it should be; `all N as documented` at the end. A caller that stalls and one whose
connection is lost have calls of their own.
"""

import base64
import json
import math
import queue
import re
import socket
import struct
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

FRAME = 160
SILENCE = [0] * FRAME


def tone(*frequencies, seconds=0.02, level=6000):
    count = int(seconds * 8000)
    return [int(sum(level * math.sin(2 * math.pi * f * n / 8000) for f in frequencies)) for n in range(count)]


def wav(samples):
    data = struct.pack(f"<{len(samples)}h", *samples)
    head = struct.pack("<4sI4s4sIHHIIHH4sI", b"RIFF", 36 + len(data), b"WAVE", b"fmt ", 16, 1, 1, 8000, 16000, 2, 16, b"data", len(data))
    return base64.b64encode(head + data).decode()


KEYS = {"7": (852, 1209), "#": (941, 1477)}
SAY = "TTS|TTS_EN-GB_SERENA|Hello."
LONG = "TTS|TTS_EN-GB_SERENA|" + "This is a long text that is spoken for some seconds while we listen to you. " * 2


def speaks(seconds):
    return [("audio", tone(440, seconds=seconds))]


def heard_keys(keys):
    return [("audio", tone(*KEYS[key], seconds=0.1) + SILENCE * 5) for key in keys]


def pressed(keys, after=0.0):
    return [("audio", SILENCE * int(after * 50))] + [("key", key) for key in keys]


class Step:
    def __init__(self, command, params, result, acts=(), heard=None, check=None):
        self.command, self.params, self.result, self.acts = command, params, result, list(acts)
        self.heard, self.check = heard, check


TALK = {"media_id": LONG, "min_ms": 300, "max_ms": 60000, "silence_ms": 300, "analysistime_ms": 3000}
READ = {"media_id": SAY, "max_digits": 2, "attempts": 1, "timeout_ms": 1000}
ROOM = {"id": "a-room", "auto_leave_when_alone": False}
STEPS = [
    Step("play", {"media_id": SAY}, "0", heard=True),
    Step("play_wav_data", {"audio_data": wav(tone(1000, seconds=0.4))}, "0", heard=True),
    Step("read", READ, "42", pressed("42", after=0.5)),
    Step("read", READ, "7", heard_keys("7#")),
    Step("read", READ, "TIMEOUT"),
    Step("play_talk_detect", TALK, "TALK", speaks(0.7)),
    Step("play_talk_detect", TALK, "0"),
    Step("wait_for_silence", {"silence_ms": 500, "iterations": 1, "timeout": 5}, "SILENCE", speaks(0.5)),
    Step("wait_for_silence", {"silence_ms": 500, "iterations": 1, "timeout": 1}, "TIMEOUT", speaks(1.5)),
    Step("record", {"silence": 1, "max_duration": 5}, re.compile("record-.+"), speaks(0.6)),
    Step("play_record", {"media_file": "RECORDED"}, "0", heard=True),
    Step("send_dtmf", {"digits": "15", "duration_ms": 100, "timeout_ms": 100}, "0", heard=True),
    Step("wait", {"wait": 1}, "0"),
    Step("start_call_recording", {}, re.compile("recording-.+")),
    Step("stop_call_recording", {}, re.compile("recording-.+")),
    Step("conference", ROOM, "LEFT_CONFERENCE", pressed("*", after=0.5)),
    Step("conference", {**ROOM, "pin_code": "12", "pin_max_tries": 1, "pin_wait": 1}, "PIN_ERROR", pressed("99#", after=0.3)),
    Step("conference", {**ROOM, "pin_code": "12", "pin_max_tries": 1, "pin_wait": 1}, "PIN_TIMEOUT"),
    Step("simple_conference", ROOM, "", pressed("*", after=0.5)),
    Step("dialout", {"cli": "+33612345678", "targets": [{"number": "+33123456789", "timeout": 5}]}, "NOANSWER"),
    Step("hangup_callid", {"callid": 1}, ""),
    Step("hangup", {}, None),
]


class Call:
    """What the handler and the PBX know of the call in progress."""

    def __init__(self):
        self.place, self.acts, self.loudest, self.problems, self.recorded = -1, queue.Queue(), 0, [], ""
        self.statuses = []

    def take(self, request):
        """The answer to a request."""
        self.statuses.append(request["call_status"])
        if request["call_status"] == "HANGUP":
            return {}
        if 0 <= self.place:
            step = STEPS[self.place]
            result = request["command_result"]
            right = step.result.fullmatch(str(result)) if isinstance(step.result, re.Pattern) else str(result) == step.result
            if not right or request["command_error"]:
                self.problems.append(f"{step.command} {step.params}: {result!r} {request['command_error']!r}, not {step.result!r}")
            if step.heard and self.loudest < 500:
                self.problems.append(f"{step.command}: nothing was heard, {self.loudest}")
            if step.command == "record":
                self.recorded = result
        self.place += 1
        step = STEPS[self.place]
        self.loudest = 0
        for act in step.acts:
            self.acts.put(act)
        params = json.loads(json.dumps(step.params).replace("RECORDED", self.recorded))
        return {"command": step.command, "command_id": request["command_id"] + 1, "params": params, "variables": {}}


calls = {}
begun = queue.Queue()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if request["callid"] not in calls:
            calls[request["callid"]] = Call()
            begun.put(calls[request["callid"]])
        body = json.dumps(calls[request["callid"]].take(request)).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def read_exactly(connection, count):
    data = b""
    while len(data) < count:
        part = connection.recv(count - len(data))
        if not part:
            return None
        data += part
    return data


def dial(port, number):
    connection = socket.create_connection(("127.0.0.1", port))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    connection.sendall(b"\x01\x00\x10" + number.to_bytes(16, "big"))
    call = begun.get(timeout=20)
    return connection, call


def converse(connection, call):
    """Speaks by its own clock until the other side hangs up; whether it did so by a frame."""
    ended = threading.Event()
    said = []

    def speak():
        due = time.monotonic()
        while not ended.is_set():
            while not said:
                try:
                    kind, what = call.acts.get_nowait()
                except queue.Empty:
                    break
                if kind == "audio":
                    said.extend(what[at : at + FRAME] + [0] * max(0, at + FRAME - len(what)) for at in range(0, len(what), FRAME))
                else:
                    connection.sendall(b"\x03\x00\x01" + what.encode())
            frame = said.pop(0) if said else SILENCE
            try:
                connection.sendall(b"\x10" + struct.pack(">H", 2 * FRAME) + struct.pack(f"<{FRAME}h", *frame))
            except OSError:
                return
            due += 0.02
            time.sleep(max(0, due - time.monotonic()))

    speaker = threading.Thread(target=speak)
    speaker.start()
    is_hung_up = False
    while True:
        head = read_exactly(connection, 3)
        if head is None:
            break
        payload = read_exactly(connection, struct.unpack(">H", head[1:])[0])
        if payload is None:
            break
        if head[0] == 0:
            is_hung_up = True
        elif head[0] == 0x10:
            call.loudest = max(call.loudest, *map(abs, struct.unpack(f"<{len(payload) // 2}h", payload)))
    ended.set()
    speaker.join()
    return is_hung_up


def wait_for(condition, what, problems):
    end = time.monotonic() + 30
    while not condition():
        if time.monotonic() > end:
            problems.append(what)
            return
        time.sleep(0.05)


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
listener = subprocess.Popen(
    [sys.argv[1], "call", f"http://127.0.0.1:{server.server_port}/", "--listen", "audiosocket://127.0.0.1:0"],
    stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
problems = []
try:
    port = int(re.search(r"127\.0\.0\.1:(\d+);", listener.stderr.readline()).group(1))
    threading.Thread(target=lambda: [None for _ in listener.stderr], daemon=True).start()
    connection, call = dial(port, 1)
    if not converse(connection, call):
        problems.append("the end of the call is no frame that hangs up")
    if call.place != len(STEPS) - 1:
        problems.append(f"the call ended in {STEPS[call.place].command}")
    problems += call.problems
    wait_for(lambda: call.statuses[-1] == "HANGUP", "the handler is not told of the end", problems)

    # A caller that takes and says nothing for a while: the call goes on, and others are not touched.
    stalled, its = dial(port, 2)
    other, others = dial(port, 3)
    wait_for(lambda: its.place > 0, "a caller that is silent holds its call up", problems)
    # One whose connection is lost in the midst of a frame.
    other.sendall(b"\x10\x01\x40" + bytes(100))
    other.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    other.close()
    wait_for(lambda: others.statuses[-1] == "HANGUP", "a lost connection does not end its call", problems)
    stalled.sendall(b"\x00\x00\x00")
    wait_for(lambda: its.statuses[-1] == "HANGUP", "a caller that hangs up does not end its call", problems)
finally:
    listener.kill()
for problem in problems:
    print(problem)
if not problems:
    print(f"all {len(STEPS)} as documented")
sys.exit(bool(problems))
