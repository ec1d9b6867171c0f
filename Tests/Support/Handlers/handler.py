"""A handler that answers a call's requests with the steps it is given, one after another.

Usage: handler.py [STEPS]    prints its port, serves until its standard input ends.

STEPS is JSON: a list of responses, or an object with such a list for each callid. Without it the steps are those in the
variable "steps" of the call's first request; what has not been answered yet goes back in that variable. $result in one is the result of the command before. A step {"wrong": {...}} is
answered with what it names: status, type, body, delay in seconds, or close, which ends the connection; or interrupt, a file
with the process id of the caller, who gets SIGINT first, or the signal that it names. After the last step comes {}.
"""

import json
import os
import signal
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

steps = json.loads(sys.argv[1]) if len(sys.argv) > 1 else None
positions = {}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        call = str(request["callid"])
        rest = {}
        if steps is None:
            step, rest = self.carried(request["variables"])
        else:
            step = self.kept(call)
        wrong = step.pop("wrong", {})
        if wrong.get("interrupt"):
            with open(wrong["interrupt"]) as file:
                os.kill(int(file.read()), signal.Signals[wrong.get("signal", "SIGINT")])
        time.sleep(wrong.get("delay", 0))
        if wrong.get("close"):
            self.close_connection = True
            return
        if wrong.get("login") and self.headers["Authorization"] != wrong["login"]:
            wrong = {"status": 401}
        step = json.loads(json.dumps(step).replace("$result", str(request["command_result"])))
        variables = {**step.get("variables", {}), **rest}
        body = json.dumps({**step, **({"variables": variables} if variables else {})})
        body = wrong.get("body", body).encode()
        self.send_response(wrong.get("status", 200))
        if wrong.get("type", True):
            self.send_header("Content-Type", wrong.get("type", "application/json"))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def kept(self, call):
        mine = steps.get(call, []) if isinstance(steps, dict) else steps
        position = positions.get(call, 0)
        positions[call] = position + 1
        return dict(mine[position]) if position < len(mine) else {}

    def carried(self, variables):
        rest = variables.get("steps", [])
        if not rest:
            return {}, {}
        return dict(rest[0]), {**variables, "steps": rest[1:]} if "command" in rest[0] else {}

    def log_message(self, *arguments):
        pass


class Server(ThreadingHTTPServer):
    # All tests call at the same time; a connection that finds the queue full is late.
    request_queue_size = 256
    daemon_threads = True


server = Server(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_port, flush=True)
sys.stdin.read()
os._exit(0)
