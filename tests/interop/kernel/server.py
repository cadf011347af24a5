"""One TCP connection of the kernel's: `server.py PORT ACT...` says `ready` when it listens, then does what is asked.

With `open ADDRESS PORT` as its first act it does not listen but connects, from the port given: a simultaneous open where
the other side does the same.

  read          to the end of what comes
  send N        N octets of a pattern
  both N        both at once
  take N        N octets of what comes, no more
  close         the sending half
  reset         the connection, by RST
  sleep S       nothing, for so many seconds

At the end prints, as JSON, how much came and went, their SHA-256, and the error if there was one.
"""

import hashlib
import json
import socket
import struct
import sys
import threading
import time

port, acts = int(sys.argv[1]), sys.argv[2:]
own = socket.socket()
own.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
own.bind(("", port))
if acts[0] == "open":
    print("ready", flush=True)
    own.connect((acts[1], int(acts[2])))
    connection = own
    del acts[:3]
else:
    own.listen()
    print("ready", flush=True)
    connection, _ = own.accept()
connection.settimeout(60)
came, gone = hashlib.sha256(), hashlib.sha256()
received = sent = 0
error = None


def read(limit=None):
    global received
    while limit is None or received < limit:
        octets = connection.recv(1 << 16 if limit is None else min(1 << 16, limit - received))
        if not octets:
            return
        came.update(octets)
        received += len(octets)


def send(length):
    global sent
    block = bytes(range(251)) * 261
    while sent < length:
        octets = block[: length - sent]
        connection.sendall(octets)
        gone.update(octets)
        sent += len(octets)


try:
    while acts:
        act = acts.pop(0)
        if act == "read":
            read()
        elif act == "send":
            send(int(acts.pop(0)))
        elif act == "take":
            read(int(acts.pop(0)))
        elif act == "both":
            reader = threading.Thread(target=read)
            reader.start()
            send(int(acts.pop(0)))
            connection.shutdown(socket.SHUT_WR)
            reader.join()
        elif act == "close":
            connection.shutdown(socket.SHUT_WR)
        elif act == "reset":
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            connection.close()
        elif act == "sleep":
            time.sleep(float(acts.pop(0)))
except OSError as problem:
    error = type(problem).__name__
print(json.dumps({"received": received, "came": came.hexdigest(), "sent": sent, "gone": gone.hexdigest(), "error": error}))
