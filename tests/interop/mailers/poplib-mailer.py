"""A mail program of few lines around Python's poplib.

  poplib-mailer.py HOST USER list|leave|take FOLDER MAILDROP SEEN

Prints sizes and unique-ids; writes each letter to a file in FOLDER (leave), and deletes it on the server (take), where
SEEN is told how many letters MAILDROP holds when all are marked and QUIT is not yet said.
"""

import json
import os
import poplib
import sys

host, user, mode, folder, maildrop, seen = sys.argv[1:]
server = poplib.POP3(host, timeout=15)
server.user(user)
server.pass_("secret")
sizes = [int(line.split()[1]) for line in server.list()[1]]
uids = [line.split()[1].decode() for line in server.uidl()[1]]
print(json.dumps({"stat": server.stat(), "sizes": sizes, "uids": uids}))
if mode != "list":
    for number in range(1, len(sizes) + 1):
        lines = server.retr(number)[1]
        with open(os.path.join(folder, str(number)), "wb") as file:
            file.write(b"".join(line + b"\r\n" for line in lines))
        if mode == "take":
            server.dele(number)
    if mode == "take":
        with open(seen, "a") as file:
            print(len(os.listdir(maildrop)), file=file)
server.quit()
