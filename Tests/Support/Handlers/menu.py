"""A phone menu that keeps all it knows in `variables`, with one mistake of its choice.

Usage: menu.py MISTAKE [CERTIFICATE KEY]    prints its port, serves until its standard input ends.

The menu: 1 records a message and plays it, 2 asks for a number of four digits and calls somebody, all else ends the call.
MISTAKE is one of
  none
  deep       a wait out of range: after 2, 9999, and nobody has answered
  endless    who presses nothing is asked for ever
  late       four seconds of thought when a recording fails
  hangup     a 500 when the caller hangs up in a recording
  steps      the place in the menu is kept in the process, by call
  random     the prompt is another one each time
  broken     a 500 for what is no JSON
  careless   members of a wrong type are not noticed
  strict     a request with a member that is not known gets a 500
  hasty      reads what is there at once, and not what comes later
  outbound   a wait out of range in calls that the platform placed, after any key
  talk       asks by voice: a wait out of range after TALK, else a text without a word; the end leaves variables out
  dies_of_broken    the process ends by what is no JSON
  hangs_of_broken   no request is answered any more after what is no JSON
  dies_of_repeated  the process ends by a request that comes again
  dies       the process ends after 2, 9999
  once       a wait out of range after 5, the first time
  slow       half a second of thought, always

Counts connections: GET / answers with how many there were.
"""

import itertools
import json
import os
import ssl
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

mistake = sys.argv[1]
places = {}
hung = threading.Event()
connections = itertools.count()
prompts = itertools.count(100)
fives = itertools.count()
bodies = set()
KNOWN = set(
    "app callid request_hash cli_name cli_number date_started number command command_id command_result"
    " command_error call_status cdr_field variables".split()
)


def read(media, digits):
    params = {"media_id": media, "max_digits": digits, "attempts": 1, "timeout_ms": 1000}
    return {"command": "read", "params": params}


def talk(place, result):
    if place == "":
        params = {"media_id": "1", "min_ms": 500, "max_ms": 5000, "silence_ms": 100, "analysistime_ms": 4000}
        return "talk", {"command": "play_talk_detect", "params": params}
    if place == "talk" and result == "TALK":
        return "wait", {"command": "wait", "params": {"wait": 31}}
    if place == "talk":
        return "said", {"command": "play", "params": {"media_id": "TTS|TTS_EN-GB_SERENA|..."}}
    return "end", {"command": "hangup"}


def menu():
    return read(str(next(prompts)) if mistake == "random" else "1", 1)


def follow(place, result, error, outbound):
    """The next place, and what is asked for there."""
    if error:
        if mistake == "late" and place == "record":
            time.sleep(4)
        return "end", {"command": "hangup"}
    if mistake == "talk":
        return talk(place, result)
    if place == "":
        return "menu", menu()
    if mistake == "outbound" and outbound and place == "menu" and result != "TIMEOUT":
        return "wait", {"command": "wait", "params": {"wait": 31}}
    if place == "menu":
        if result == "1":
            return "record", {"command": "record", "params": {"silence": 2, "max_duration": 10}}
        if result == "2":
            return "number", read("2", 4)
        if result == "TIMEOUT" and mistake == "endless":
            return "menu", menu()
    if place == "menu" and result == "5" and mistake == "once" and next(fives) == 0:
        return "wait", {"command": "wait", "params": {"wait": 31}}
    if place == "record" and result:
        return "play", {"command": "play_record", "params": {"media_file": result}}
    if place == "number" and len(result) == 4 and result.isdigit():
        target = {"number": "+3310000" + result, "timeout": 5}
        return "dial" + result, {"command": "dialout", "params": {"targets": [target]}}
    if place == "dial9999" and mistake == "dies":
        os._exit(1)
    if place == "dial9999" and mistake == "deep":
        return "wait", {"command": "wait", "params": {"wait": 31}}
    return "end", {"command": "hangup"}


def check(request):
    if not isinstance(request, dict):
        raise TypeError
    if mistake == "strict" and set(request) - KNOWN:
        raise RuntimeError
    kinds = {"callid": int, "call_status": str, "command": str, "variables": dict}
    if mistake != "careless" and any(not isinstance(request.get(name), kind) for name, kind in kinds.items()):
        raise TypeError


def answer(request):
    check(request)
    if request["call_status"] not in ("UP", "INCOMING_CALL"):
        if mistake == "hangup" and request["command"] == "record":
            raise RuntimeError
        return {}
    if mistake == "slow":
        time.sleep(0.5)
    variables = request["variables"] if isinstance(request["variables"], dict) else {}
    call = str(request["callid"])
    place = places.get(call, "") if mistake == "steps" else variables.get("place", "")
    outbound = request["request_hash"] is not None
    place, response = follow(place, request["command_result"], request["command_error"], outbound)
    places[call] = place
    if mistake == "talk" and place == "end":
        return response | {"command_id": 1}
    return response | {"command_id": 1, "variables": {"place": place}}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Head and body in one piece, which would otherwise wait for the client's acknowledgement.
    wbufsize = -1

    def setup(self):
        next(connections)
        super().setup()

    def do_GET(self):
        self.reply(200, next(connections))

    def do_POST(self):
        length = int(self.headers["Content-Length"])
        body = self.rfile.read1(length) if mistake == "hasty" else self.rfile.read(length)
        if hung.is_set():
            time.sleep(3600)
        if mistake == "dies_of_repeated" and body in bodies:
            os._exit(1)
        bodies.add(body)
        try:
            request = json.loads(body)
        except ValueError:
            if mistake == "dies_of_broken":
                os._exit(1)
            if mistake == "hangs_of_broken":
                hung.set()
                time.sleep(3600)
            return self.reply(500 if mistake == "broken" else 400, {"error": "no JSON"})
        try:
            self.reply(200, answer(request))
        except TypeError:
            self.reply(400, {"error": "no request"})
        except Exception as error:
            self.reply(500, {"error": str(error)})

    def reply(self, status, value):
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


class Server(ThreadingHTTPServer):
    request_queue_size = 256
    daemon_threads = True

    def handle_error(self, *arguments):
        pass


server = Server(("127.0.0.1", 0), Handler)
if len(sys.argv) > 2:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[2], sys.argv[3])
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_port, flush=True)
sys.stdin.read()
os._exit(0)
