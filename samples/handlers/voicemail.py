"""A voicemail as a handler in Python, with nothing but what comes with it: who talks during the greeting leaves a message.

Usage: voicemail.py [PORT]    serves on 127.0.0.1, on a free port unless one is named, and prints its address.

The platform sends the variables back that it was answered with: they hold the name of the step that a call is at.
"""

import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

VOICE = "TTS_EN-GB_SERENA"
# What a request has at least.
KINDS = {"callid": int, "call_status": str, "command": str, "command_result": (str, int), "variables": dict}


def read(body):
    """The request; a ValueError if it is none."""
    request = json.loads(body)
    if not isinstance(request, dict):
        raise ValueError("the request must be an object")
    for name, kind in KINDS.items():
        if not isinstance(request.get(name), kind):
            raise ValueError(f"{name} is missing or of a wrong type")
    return request


def say(text):
    return f"TTS|{VOICE}|{text}"


def answer(request):
    """The next command, and the step that its result belongs to."""
    result = request["command_result"]
    step = request["variables"].get("step", "begin")
    if step == "begin":
        greeting = say("Nobody is here. If you want to leave a message, say yes.")
        limits = {"min_ms": 200, "max_ms": 60000, "silence_ms": 300, "analysistime_ms": 3000}
        return "play_talk_detect", {"media_id": greeting, **limits}, "greet"
    if step == "greet" and result != "TALK":
        return "play", {"media_id": say("Good bye.")}, "end"
    if step == "greet" or (step == "choose" and result == "1"):
        return "play", {"media_id": say("Speak now, and press hash.")}, "invite"
    if step == "invite":
        return "record", {"silence": 4, "max_duration": 120}, "message"
    if step == "message" and result:
        return "play_record", {"media_file": result}, "listen"
    # Without a recording there is nothing to listen to.
    if step in ("message", "listen"):
        prompt = say("To record it again, press 1.")
        return "read", {"media_id": prompt, "max_digits": 1, "attempts": 1, "timeout_ms": 4000}, "choose"
    if step == "choose":
        return "play", {"media_id": say("Thank you. Good bye.")}, "end"
    return "hangup", {}, "end"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        try:
            request = read(self.rfile.read(int(self.headers["Content-Length"])))
        except ValueError as error:
            return self.reply(400, {"error": str(error)})
        if request["call_status"] not in ("UP", "INCOMING_CALL"):
            return self.reply(200, {})
        command, params, step = answer(request)
        variables = {**request["variables"], "step": step}
        self.reply(200, {"command": command, "command_id": step, "params": params, "variables": variables})

    def reply(self, status, value):
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1]) if len(sys.argv) > 1 else 0), Handler)
    print(f"http://127.0.0.1:{server.server_port}/", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass
