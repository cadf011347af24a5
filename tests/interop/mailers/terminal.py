"""Runs a program at a terminal of its own, with nobody at the keys: `terminal.py PROGRAM ARGUMENT...`"""

import os
import pty
import sys

sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))
