"""Places calls over AudioSocket at once, as a PBX does, and prints how late the frames of the other side come.

Usage: pbx.py PORT CALLS SECONDS

Each call sends a frame every 20 ms. A frame's lateness is its distance from the time that the earliest frame of its call sets for it: the
least that all of the call's frames have is taken for none. Prints `calls N frames N late p50 MS p99 MS most MS, bursts N`, where a burst
is a frame that comes less than 5 ms after the one before. The first second does not count: while connections are made, nobody reads.

Exits with 1, and a line for each call with which something is wrong: it is ended or lost before the time is over, has other frames than
of 20 ms of audio, or less than nine of ten that are due.
"""

import select
import socket
import sys
import time

FRAME = b"\x10\x01\x40" + bytes(320)
HEAD = FRAME[:3]
# So many calls may begin in a second.
RATE = 80


class Call:
    def __init__(self, port, number):
        self.connection = socket.create_connection(("127.0.0.1", port))
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.connection.sendall(b"\x01\x00\x10" + number.to_bytes(16, "big"))
        self.connection.setblocking(False)
        self.bytes = b""
        self.arrivals = []
        self.wrong = None

    def send(self):
        try:
            self.connection.send(FRAME)
        except OSError:
            # What is full drops a frame, as a PBX does; what is lost is noticed when it is read.
            pass

    def receive(self, now, counts):
        """Takes what has come; returns whether more may come."""
        try:
            data = self.connection.recv(1 << 16)
        except OSError as error:
            self.wrong = str(error)
            return False
        if not data:
            self.wrong = self.wrong or "the connection was closed"
            return False
        self.bytes += data
        while len(self.bytes) >= len(FRAME):
            if self.bytes[:3] != HEAD:
                break
            self.bytes = self.bytes[len(FRAME):]
            if counts:
                self.arrivals.append(now)
        if len(self.bytes) >= 3 and self.bytes[:3] != HEAD:
            self.wrong = f"it sent a frame {self.bytes[:3].hex()}"
            return False
        return True


def place(port, count, seconds):
    calls = []
    for number in range(count):
        calls.append(Call(port, number))
        time.sleep(1 / RATE)
    poller = select.epoll()
    by_number = {call.connection.fileno(): call for call in calls}
    for number in by_number:
        poller.register(number, select.EPOLLIN)
    start = time.monotonic()
    # A twentieth of the calls sends at a time, each millisecond another one.
    turn = 0
    while (now := time.monotonic()) - start < seconds:
        while now - start > turn / 1000:
            for call in calls[turn % 20::20]:
                call.send()
            turn += 1
        for number, _ in poller.poll(max(0, start + turn / 1000 - time.monotonic())):
            now = time.monotonic()
            if not by_number[number].receive(now, now - start > 1):
                poller.unregister(number)
    return calls


def main():
    port, count, seconds = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
    calls = place(port, count, seconds)
    due = (seconds - 1) * 50
    is_wrong = False
    late, bursts = [], 0
    for number, call in enumerate(calls):
        if not call.wrong and len(call.arrivals) < 0.9 * due:
            call.wrong = f"{len(call.arrivals)} frames came of {due:.0f}"
        if call.wrong:
            is_wrong = True
            print(f"call {number}: {call.wrong}", file=sys.stderr)
        offsets = [arrival - 0.02 * index for index, arrival in enumerate(call.arrivals)]
        late += [1000 * (offset - min(offsets)) for offset in offsets]
        bursts += sum(later - earlier < 0.005 for earlier, later in zip(call.arrivals, call.arrivals[1:]))
    late.sort()
    if late:
        p50, p99 = (late[min(len(late) - 1, int(part * len(late)))] for part in (0.5, 0.99))
        print(f"calls {count} frames {len(late)} late p50 {p50:.1f} p99 {p99:.1f} most {late[-1]:.1f} ms, bursts {bursts}")
    return 1 if is_wrong or not late else 0


if __name__ == "__main__":
    sys.exit(main())
