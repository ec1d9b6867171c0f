"""Begins calls at a server on this machine, each with variables of its own, and prints the most memory that it had resident.

Usage: attack.py PORT PID SECONDS RATE BYTES [IDLE [BYTES]] [--in MEMBERS] [--later MEMBER] [--tls] [--hello]

RATE calls a second begin, with BYTES of variables each; 0 is as many as come through. With IDLE, so many connections send all but the
last byte of such a request before, or of one with other BYTES, and stay. Prints the calls that were answered, those that were refused, and the peak of the process
PID in bytes (VmHWM), as `answered N refused N peak N`.

  --in MEMBERS    the bytes are in these members of the request, separated by commas, which share them: app, cli_name, command_id ...;
                  or shaped as variables:zeros, variables:keys, variables:objects
  --later MEMBER  each call has a second request, with as many bytes in that member, command_result or command_error
  --tls           the connections are encrypted, and nobody's certificate is looked at
  --hello         those that stay send as many bytes of a TLS handshake, which they do not finish
"""

import argparse
import json
import random
import resource
import socket
import ssl
import sys
import threading
import time

arguments = argparse.ArgumentParser(usage="see attack.py")
arguments.add_argument("numbers", nargs="+")
arguments.add_argument("--in", dest="members", default="variables")
arguments.add_argument("--later")
arguments.add_argument("--tls", action="store_true")
arguments.add_argument("--hello", action="store_true")
options = arguments.parse_args()
numbers = options.numbers
port, pid, seconds, rate, size = int(numbers[0]), numbers[1], float(numbers[2]), float(numbers[3]), int(numbers[4])
resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
idle = int(numbers[5]) if len(numbers) > 5 else 0
idle_size = int(numbers[6]) if len(numbers) > 6 else size
context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
context.check_hostname = False
context.verify_mode = ssl.CERT_NONE
# Text that no compression and no cache makes less of.
filling = random.Random(1).randbytes(max(size, idle_size)).hex()
answered = [0, 0]
lock = threading.Lock()
start = 0.0
next_call = 0


SHAPES = {
    "zeros": lambda size: {"a": [0] * (size // 2)},
    "keys": lambda size: {"%05x" % number: 0 for number in range(size // 10)},
    "objects": lambda size: {"a": [{}] * (size // 3)},
}


def request(call, size, **changes):
    members = {
        "app": "a", "callid": call, "request_hash": None, "cli_name": "", "cli_number": "+33612345678",
        "date_started": "", "number": "+33612345679", "command": "", "command_id": 0, "command_result": "",
        "command_error": "", "call_status": "UP", "cdr_field": "", "variables": {},
    }
    names = options.members.split(",") if not changes else []
    for name in names:
        share = size // len(names)
        if name.startswith("variables:"):
            members["variables"] = SHAPES[name.split(":")[1]](share)
        else:
            members[name] = {"filling": filling[:share]} if name == "variables" else filling[:share]
    body = json.dumps(members | changes, separators=(",", ":")).encode()
    head = "POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body)
    return head.encode() + body


def connect():
    connection = socket.create_connection(("127.0.0.1", port))
    connection.settimeout(60)
    return context.wrap_socket(connection) if options.tls else connection


def hello(size):
    """A TLS record that begins a handshake, in so many bytes, and is longer."""
    return b"\x16\x03\x01" + (16384).to_bytes(2, "big") + b"\x01" + bytes(max(0, size - 6))


def answer(connection):
    """The status of an answer and its body, which is read to its end."""
    data = b""
    while b"\r\n\r\n" not in data:
        part = connection.recv(1 << 18)
        if not part:
            raise OSError("closed")
        data += part
    head, body = data.split(b"\r\n\r\n", 1)
    fields = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:])
    missing = int(fields[b"content-length"]) - len(body)
    while missing > 0:
        part = connection.recv(1 << 18)
        if not part:
            raise OSError("closed")
        missing -= len(part)
        body += part
    return int(head.split()[1]), body


def begin_calls():
    global next_call
    connection = None
    while True:
        with lock:
            call = next_call
            next_call += 1
        now = time.monotonic() - start
        if rate and call / rate > now:
            time.sleep(call / rate - now)
        if time.monotonic() - start > seconds:
            return
        try:
            connection = connection or connect()
            connection.sendall(request(call, size))
            status, body = answer(connection)
            is_answered = status == 200
            if is_answered and options.later:
                given = json.loads(body)
                report = {"command": given["command"], "command_id": given["command_id"], "variables": given["variables"]}
                connection.sendall(request(call, size, **report, **{options.later: filling[:size]}))
                is_answered = answer(connection)[0] == 200
        except OSError:
            is_answered = False
        if not is_answered:
            connection = None
        with lock:
            answered[0 if is_answered else 1] += 1


held = []
for number in range(idle):
    try:
        if options.hello:
            connection = socket.create_connection(("127.0.0.1", port))
            connection.sendall(hello(idle_size))
        else:
            connection = connect()
            connection.sendall(request(1 << 40 | number, idle_size)[:-1])
        held.append(connection)
    except OSError:
        pass
start = time.monotonic()
threads = [threading.Thread(target=begin_calls) for _ in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
with open(f"/proc/{pid}/status") as status:
    peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM:"))
print("answered", answered[0], "refused", answered[1], "peak", peak * 1024)
