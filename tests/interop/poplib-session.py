"""One poplib session against 127.0.0.1: the port and what to do come as arguments, what came back goes out as JSON."""

import json
import poplib
import sys

port, user, password = int(sys.argv[1]), sys.argv[2], sys.argv[3]
server = poplib.POP3("127.0.0.1", port, timeout=10)
came = {"welcome": server.getwelcome().decode("ascii")}


def body(lines):
    return b"".join(line + b"\r\n" for line in lines).decode("latin-1")


if "apop" in sys.argv[4:]:
    server.apop(user, password)
else:
    server.user(user)
    server.pass_(password)

for act in sys.argv[4:]:
    words = act.split()
    if act == "stat":
        came[act] = server.stat()
    elif act == "list":
        came[act] = body(server.list()[1])
    elif act == "uidl":
        came[act] = body(server.uidl()[1])
    elif words[0] == "list":
        came[act] = server.list(int(words[1])).decode("ascii")
    elif words[0] == "uidl":
        came[act] = server.uidl(int(words[1])).decode("ascii")
    elif words[0] == "retr":
        came[act] = body(server.retr(int(words[1]))[1])
    elif words[0] == "top":
        came[act] = body(server.top(int(words[1]), int(words[2]))[1])
    elif words[0] == "dele":
        came[act] = server.dele(int(words[1])).decode("ascii")
    elif act == "rset":
        came[act] = server.rset().decode("ascii")
    elif act == "noop":
        came[act] = server.noop().decode("ascii")
    elif act == "quit":
        came[act] = server.quit().decode("ascii")
    elif act == "drop":
        server.close()
    elif act == "wrong":
        try:
            server.retr(99)
        except poplib.error_proto as error:
            came[act] = error.args[0].decode("ascii")

print(json.dumps(came))
