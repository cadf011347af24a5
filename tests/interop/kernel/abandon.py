"""A POP3 client with bad manners: logs in, marks message 2, asks for message 1, reads some of it, and goes as it is told.

`reset`: by RST. `vanish`: by closing while octets are still on their way, to which the kernel answers RST.
`half`: closes its sending half at once and reads to the end, which it then prints the SHA-256 of.
"""

import hashlib
import socket
import struct
import sys

address, user, how = sys.argv[1:4]
connection = socket.create_connection((address, 110), timeout=20)
reader = connection.makefile("rb")


def ask(line):
    connection.sendall(line + b"\r\n")
    answer = reader.readline()
    assert answer.startswith(b"+OK"), answer


reader.readline()
ask(b"USER " + user.encode())
ask(b"PASS secret")
ask(b"DELE 2")
ask(b"RETR 1")
if how == "half":
    connection.shutdown(socket.SHUT_WR)
    digest = hashlib.sha256()
    for line in reader:
        if line == b".\r\n":
            break
        digest.update(line[1:] if line.startswith(b".") else line)
    assert reader.read() == b""
    print(digest.hexdigest())
else:
    reader.read(50_000)
    if how == "reset":
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    reader.close()
    connection.close()
