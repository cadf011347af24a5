"""Many POP3 clients at once: `clients.py ADDRESS COUNT` logs user1 to userCOUNT in, each in a thread, all before any goes on.

Prints, as JSON, the SHA-256 of every message by user, and the errors.
"""

import hashlib
import json
import poplib
import sys
import threading

address, count = sys.argv[1], int(sys.argv[2])
together = threading.Barrier(count)
came, errors = {}, []


def session(name):
    try:
        server = poplib.POP3(address, timeout=30)
        server.user(name)
        server.pass_("secret")
        together.wait(30)
        number, _ = server.stat()
        came[name] = [
            hashlib.sha256(b"".join(line + b"\r\n" for line in server.retr(n + 1)[1])).hexdigest() for n in range(number)
        ]
        server.quit()
    except Exception as error:
        errors.append(f"{name}: {error!r}")


threads = [threading.Thread(target=session, args=(f"user{n + 1}",)) for n in range(count)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(json.dumps({"came": came, "errors": errors}))
