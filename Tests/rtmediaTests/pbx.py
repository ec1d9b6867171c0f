"""Places calls over AudioSocket at once, as a PBX does, and prints how late the frames of the other side come.

Usage: pbx.py PORT CALLS SECONDS

Each call sends a frame every 20 ms. A frame's lateness is its distance from the time that the earliest frame of its call sets for it: the
least that all of the call's frames have is taken for none. Prints `calls N frames N late p50 MS p99 MS most MS, bursts N`, where a burst
is a frame that comes less than 5 ms after the one before. The first second does not count: while connections are made, nobody reads.
"""

import select
import socket
import sys
import time

port, calls, seconds = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
SILENCE = b"\x10\x01\x40" + bytes(320)

connections = []
for number in range(calls):
    connection = socket.create_connection(("127.0.0.1", port))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    connection.sendall(b"\x01\x00\x10" + number.to_bytes(16, "big"))
    connection.setblocking(False)
    connections.append(connection)

poller = select.epoll()
arrivals = {connection.fileno(): [] for connection in connections}
rest = {connection.fileno(): 0 for connection in connections}
by_number = {connection.fileno(): connection for connection in connections}
for connection in connections:
    poller.register(connection.fileno(), select.EPOLLIN)

start = time.monotonic()
# A twentieth of the calls sends at a time, each millisecond another one.
turn = 0
while True:
    now = time.monotonic()
    if now - start > seconds:
        break
    while now - start > turn / 1000:
        for connection in connections[turn % 20::20]:
            try:
                connection.send(SILENCE)
            except OSError:
                pass
        turn += 1
    for number, _ in poller.poll(max(0, start + turn / 1000 - time.monotonic())):
        try:
            data = by_number[number].recv(1 << 16)
        except OSError:
            data = b""
        if not data:
            poller.unregister(number)
            continue
        now = time.monotonic()
        rest[number] += len(data)
        while rest[number] >= len(SILENCE):
            rest[number] -= len(SILENCE)
            if now - start > 1:
                arrivals[number].append(now)

late, bursts = [], 0
for times in arrivals.values():
    offsets = [time - 0.02 * index for index, time in enumerate(times)]
    earliest = min(offsets, default=0)
    late += [1000 * (offset - earliest) for offset in offsets]
    bursts += sum(later - earlier < 0.005 for earlier, later in zip(times, times[1:]))
late.sort()
if not late:
    sys.exit("no frame came")
at = lambda part: late[min(len(late) - 1, int(part * len(late)))]
print(f"calls {calls} frames {len(late)} late p50 {at(0.5):.1f} p99 {at(0.99):.1f} most {late[-1]:.1f} ms, bursts {bursts}")
