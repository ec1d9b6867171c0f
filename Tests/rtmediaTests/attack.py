"""Begins calls at a server on this machine, each with variables of its own, and prints the most memory that it had resident.

Usage: attack.py PORT PID SECONDS RATE BYTES [IDLE [BYTES]]

RATE calls a second begin, with BYTES of variables each; 0 is as many as come through. With IDLE, so many connections send all but the
last byte of such a request before, or of one with other BYTES, and stay. Prints the calls that were answered, those that were refused, and the peak of the process
PID in bytes (VmHWM), as `answered N refused N peak N`.
"""

import random
import resource
import socket
import sys
import threading
import time

port, pid, seconds, rate, size = int(sys.argv[1]), sys.argv[2], float(sys.argv[3]), float(sys.argv[4]), int(sys.argv[5])
resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
idle = int(sys.argv[6]) if len(sys.argv) > 6 else 0
idle_size = int(sys.argv[7]) if len(sys.argv) > 7 else size
# Text that no compression and no cache makes less of.
filling = random.Random(1).randbytes(max(size, idle_size)).hex()
answered = [0, 0]
lock = threading.Lock()
start = 0.0
next_call = 0


def request(call, size):
    body = (
        '{"app":"a","callid":%d,"cli_number":"+33612345678","number":"+33612345679","command":"","command_id":0,'
        '"command_result":"","command_error":"","call_status":"UP","variables":{"filling":"%s"}}' % (call, filling[:size])
    ).encode()
    head = "POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body)
    return head.encode() + body


def connect():
    connection = socket.create_connection(("127.0.0.1", port))
    connection.settimeout(60)
    return connection


def answer(connection):
    """The status of an answer, which is read to its end."""
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
    return int(head.split()[1])


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
            is_answered = answer(connection) == 200
        except OSError:
            is_answered = False
        if not is_answered:
            connection = None
        with lock:
            answered[0 if is_answered else 1] += 1


held = []
for number in range(idle):
    try:
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
