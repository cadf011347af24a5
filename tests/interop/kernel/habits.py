"""Things that a program on the kernel's sockets may do to a POP3 server: `habits.py ADDRESS ACT`; prints what came of it.

  keepalive     idles for four seconds with probes every second
  same-port N   N sessions one after the other from one and the same port
  many N        N connections one after the other, each to the greeting and QUIT
  urgent        sends a command with an urgent octet in it
  dribble       sends its commands one octet a segment
  small         reads a letter through a very small receive buffer, slowly
"""

import errno
import hashlib
import socket
import sys
import time

address, act = sys.argv[1:3]


def connect(prepare=lambda made: None):
    made = socket.socket()
    made.settimeout(20)
    prepare(made)
    made.connect((address, 110))
    return made, made.makefile("rb")


def expect(reader, start=b"+OK"):
    line = reader.readline()
    assert line.startswith(start), line
    return line


def quit(connection, reader):
    connection.sendall(b"QUIT\r\n")
    expect(reader)
    assert reader.read() == b""
    reader.close()
    connection.close()


def login(connection, reader):
    expect(reader)
    for line in (b"USER ada", b"PASS secret"):
        connection.sendall(line + b"\r\n")
        expect(reader)


if act == "keepalive":

    def probing(made):
        made.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 1)
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, 1)
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPCNT, 2)

    connection, reader = connect(probing)
    expect(reader)
    time.sleep(4)
    quit(connection, reader)
elif act == "same-port":

    def bound(made):
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(("", 40000))

    for _ in range(int(sys.argv[3])):
        for _ in range(100):
            try:
                connection, reader = connect(bound)
                break
            except OSError as error:
                # the kernel has not had the last ACK of the one before
                if error.errno != errno.EADDRNOTAVAIL:
                    raise
                time.sleep(0.01)
        login(connection, reader)
        quit(connection, reader)
elif act == "many":
    for _ in range(int(sys.argv[3])):
        connection, reader = connect()
        expect(reader)
        quit(connection, reader)
elif act == "urgent":
    connection, reader = connect()
    expect(reader)
    connection.sendall(b"US")
    connection.send(b"E", socket.MSG_OOB)
    connection.sendall(b"R ada\r\n")
    expect(reader)
    quit(connection, reader)
elif act == "dribble":
    connection, reader = connect(lambda made: made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1))
    expect(reader)
    for octet in b"USER ada\r\nPASS secret\r\nSTAT\r\n":
        connection.sendall(bytes([octet]))
    for _ in range(3):
        line = expect(reader)
    quit(connection, reader)
elif act == "small":
    connection, reader = connect(lambda made: made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048))
    reader.close()
    reader = connection.makefile("rb", buffering=1)
    login(connection, reader)
    connection.sendall(b"RETR 1\r\n")
    expect(reader)
    digest = hashlib.sha256()
    for count, line in enumerate(reader):
        if count % 40 == 0:
            time.sleep(0.002)
        if line == b".\r\n":
            break
        digest.update(line[1:] if line.startswith(b".") else line)
    quit(connection, reader)
    print(digest.hexdigest())
