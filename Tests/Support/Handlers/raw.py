"""A handler that is no HTTP server as others are, and looks little at what it is asked.

Usage: raw.py WAY    prints its port, serves until its standard input ends.

WAY is one of
  chunked       a wait of one second, in chunks; then the end
  long          says that it is longer than 16 MiB
  long-chunked  is longer than 16 MiB, and does not say so
  cut           ends in the midst
  garbage       is no HTTP
  closes        right: a wait, and then the end, at once, on a connection that it closes
  more          the same on a connection that it keeps, with bytes behind each answer
  twice         the same, with each answer twice
"""

import os
import socketserver
import sys
import threading

way = sys.argv[1]
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
WAIT = b'{"command":"wait","params":{"wait":1}}'


def chunk(data):
    return b"%x\r\n%s\r\n" % (len(data), data)


class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        count = 0
        while True:
            length = 0
            while (line := self.rfile.readline()) not in (b"\r\n", b""):
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            if not length:
                return
            body = self.rfile.read(length)
            try:
                if way in ("closes", "more", "twice"):
                    self.answer_rightly(body)
                else:
                    self.answer(count)
            except ConnectionError:
                return
            count += 1
            if way not in ("chunked", "more", "twice"):
                return

    def answer_rightly(self, body):
        whole = body.endswith(b"}}")
        first = b'"command_id":0' in body and b'"HANGUP"' not in body
        answer = WAIT[:-1] + b',"command_id":1,"variables":{}}' if first else b"{}"
        head = HEAD if whole else HEAD.replace(b"200 OK", b"400 Bad Request")
        close = b"Connection: close\r\n" if way == "closes" else b""
        whole_answer = head + close + b"Content-Length: %d\r\n\r\n%s" % (len(answer), answer)
        self.wfile.write(whole_answer + {"more": b"\x1b[2Jmore", "twice": whole_answer}.get(way, b""))

    def answer(self, count):
        if way == "chunked":
            parts = chunk(WAIT[:7]) + chunk(WAIT[7:]) if count == 0 else chunk(b"{}")
            self.wfile.write(HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + parts + chunk(b""))
        elif way == "long":
            self.wfile.write(HEAD + b"Content-Length: 16777217\r\n\r\n")
        elif way == "long-chunked":
            self.wfile.write(HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
            for _ in range(17):
                self.wfile.write(chunk(b" " * (1 << 20)))
        elif way == "cut":
            self.wfile.write(HEAD + b"Content-Length: 100\r\n\r\n{")
        elif way == "garbage":
            self.wfile.write(b"hello\r\n\r\n")


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True


server = Server(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_address[1], flush=True)
sys.stdin.read()
os._exit(0)
