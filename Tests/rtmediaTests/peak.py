"""Runs a program and prints the most memory that it had resident, in bytes, on standard error, behind what it says.

Usage: peak.py PROGRAM [ARGUMENT ...]    PROGRAM is a path; the exit code is the program's, or 128 and the signal that ended it.
"""

import os
import sys

child = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ)
_, status, usage = os.wait4(child, 0)
print(f"peak {usage.ru_maxrss * 1024}", file=sys.stderr)
code = os.waitstatus_to_exitcode(status)
sys.exit(code if code >= 0 else 128 - code)
