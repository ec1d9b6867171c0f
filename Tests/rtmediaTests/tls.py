"""Speaks TLS to a server on this machine in a way that is unusual, and prints how many answers it got and how it ended.

Usage: tls.py WAY PORT CERTIFICATE

WAY is one of
  pipelined  a hundred requests in one record
  closing    three requests, and at once the alert that nothing more comes
  shutting   three requests, and then the end of the TCP stream, without the alert
  records    a request in as many records as it has bytes, the last of which asks to close
"""

import socket
import ssl
import sys

way, port, certificate = sys.argv[1], int(sys.argv[2]), sys.argv[3]
REQUEST = b"GET /health HTTP/1.1\r\nHost: a\r\n\r\n"
context = ssl.create_default_context(cafile=certificate)
tcp = socket.create_connection(("127.0.0.1", port))
tcp.settimeout(600)
incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
tls = context.wrap_bio(incoming, outgoing, server_hostname="localhost")
while True:
    try:
        tls.do_handshake()
        break
    except ssl.SSLWantReadError:
        tcp.sendall(outgoing.read())
        incoming.write(tcp.recv(65536))
wanted = None
if way == "pipelined":
    wanted = 100
    tls.write(REQUEST * wanted)
elif way == "records":
    for byte in REQUEST[:-2] + b"Connection: close\r\n\r\n":
        tls.write(bytes([byte]))
else:
    tls.write(REQUEST * 3)
if way == "closing":
    try:
        tls.unwrap()
    except ssl.SSLWantReadError:
        pass
tcp.sendall(outgoing.read())
if way == "shutting":
    tcp.shutdown(socket.SHUT_WR)
text, end = b"", "open"
while wanted is None or text.count(b'{"status":"ok"}') < wanted:
    try:
        part = tls.read()
        text += part
        if not part:
            end = "closed"
            break
    except ssl.SSLWantReadError:
        bytes_read = tcp.recv(65536)
        if not bytes_read:
            end = "cut"
            break
        incoming.write(bytes_read)
    except ssl.SSLZeroReturnError:
        end = "closed"
        break
print(text.count(b'{"status":"ok"}'), "answers,", end)
