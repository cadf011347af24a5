#!/usr/bin/env python3
"""The Linux kernel at one end of a wire and any program that speaks packets on its standard streams at the other.

Makes a network and a process namespace of its own, opens a TUN device in it and carries raw IPv4 packets between the
device and the program, each preceded on the streams by its length (16 bits, big-endian). Bad weather is seeded, per
direction. Nothing is left behind, even after SIGKILL: the namespaces live only as long as this process, and every
process in them dies with it.

Orders come as one JSON object a line on standard input, answers go out the same way, with the same `id`:

  {"id": 1, "host": ["program", ...]}       start the program at the other end: answered when it has said its first line
  {"id": 2, "run": ["ping", ...], "timeout": 20, "wait": "text"}
                                            run a command beside the kernel: answered when it ends, or, with `wait`, as
                                            soon as its standard output contains this text, and again (`done`) at its end
  {"id": 3, "faults": {"loss": 0.2, ...}}   change the weather; {"to_host": {...}, "to_kernel": {...}} for one direction
  {"id": 4, "counters": true}               the kernel's counters of this namespace, and the relay's own
  {"id": 5, "stop": true}                   end the program's standard input: answered when it has gone
  {"id": 6, "kill": 2}                      SIGKILL the command or program with that id

What the program writes to standard error comes as {"said": line}. The end of standard input ends everything, and then
the folder named by --remove goes too: whoever gave the orders may have been killed.
"""

import argparse
import base64
import json
import os
import selectors
import shutil
import signal
import struct
import subprocess
import sys
import time

# nothing is left behind, not even compiled modules
sys.dont_write_bytecode = True

from device import CLONE_NEWNET, CLONE_NEWPID, Device, die_with_parent, nonblocking, unshare
from weather import Capture, Weather

# octets that may wait for the program before the device is left to wait too
MOST_WAITING = 1 << 19


class Child:
    """A process in the namespace, with what it has said."""

    def __init__(self, order, pipes):
        self.order = order
        self.out = b""
        self.err = b""
        self.deadline = None
        self.answered = False
        self.open = 0
        self.process = subprocess.Popen(order.get("run") or order["host"], preexec_fn=die_with_parent, **pipes)


class Relay:
    def __init__(self, options, device):
        self.device = device
        self.capture = Capture(options.pcap) if options.pcap else None
        self.poll = selectors.DefaultSelector()
        self.children = []
        self.host = None
        self.to_write = bytearray()
        self.half = bytearray()
        self.orders = b""
        self.reading = True
        self.refused = 0
        self.remove = options.remove
        faults = {name: getattr(options, name) for name in Weather.FAIR}
        self.to_host = Weather(f"{options.seed} to host", faults, self.into_host)
        self.to_kernel = Weather(f"{options.seed} to kernel", faults, self.into_kernel)
        self.poll.register(device.fd, selectors.EVENT_READ, self.from_kernel)
        self.poll.register(nonblocking(0), selectors.EVENT_READ, self.from_user)

    def say(self, answer):
        os.write(1, json.dumps(answer).encode() + b"\n")

    def work(self):
        self.say({"ready": True})
        while True:
            due = [each for each in (self.to_host.release(), self.to_kernel.release()) if each is not None]
            due += [max(0.0, child.deadline - time.monotonic()) for child in self.children if child.deadline]
            self.write_host()
            for key, _ in self.poll.select(min(due, default=None)):
                key.data()
            self.overdue()
            if self.capture:
                self.capture.file.flush()

    # packets

    def from_kernel(self):
        for _ in range(64):
            try:
                packet = os.read(self.device.fd, 65536)
            except BlockingIOError:
                return
            self.to_host.carry(packet)
            if len(self.to_write) > MOST_WAITING:
                self.write_host()
                return

    def into_host(self, packet):
        if self.host is None:
            return
        if self.capture:
            self.capture.note(packet)
        self.to_write += struct.pack(">H", len(packet)) + packet

    def write_host(self):
        """Writes what can be written; while much is left the kernel's packets wait in the device."""
        listening = self.host is not None and not self.host.process.stdin.closed
        if not listening:
            self.to_write.clear()
        fd = self.host.process.stdin.fileno() if listening else None
        if self.to_write:
            try:
                del self.to_write[: os.write(fd, self.to_write)]
            except BlockingIOError:
                pass
            except BrokenPipeError:
                self.to_write.clear()
        if listening and (self.to_write != b"") != (fd in self.poll.get_map()):
            if self.to_write:
                self.poll.register(fd, selectors.EVENT_WRITE, self.write_host)
            else:
                self.poll.unregister(fd)
        reading = len(self.to_write) <= MOST_WAITING
        if reading != self.reading:
            self.reading = reading
            if reading:
                self.poll.register(self.device.fd, selectors.EVENT_READ, self.from_kernel)
            else:
                self.poll.unregister(self.device.fd)

    def from_host(self):
        host = self.host
        try:
            octets = os.read(host.process.stdout.fileno(), 1 << 18)
        except BlockingIOError:
            return
        if not octets:
            self.closed(host, host.process.stdout)
            return
        half = self.half
        half += octets
        at = 0
        while len(half) - at >= 2:
            end = at + 2 + (half[at] << 8 | half[at + 1])
            if end > len(half):
                break
            self.to_kernel.carry(bytes(half[at + 2 : end]))
            at = end
        del half[:at]

    def into_kernel(self, packet):
        if self.capture:
            self.capture.note(packet)
        try:
            os.write(self.device.fd, packet)
        except OSError:
            # what is not even IPv4 the device itself refuses
            self.refused += 1

    # orders

    def from_user(self):
        octets = os.read(0, 1 << 16)
        if not octets:
            if self.remove:
                shutil.rmtree(self.remove, ignore_errors=True)
            sys.exit(0)
        *lines, self.orders = (self.orders + octets).split(b"\n")
        for line in lines:
            order = json.loads(line)
            try:
                self.obey(order)
            except (OSError, KeyError, ValueError) as error:
                self.say({"id": order.get("id"), "error": str(error)})

    def obey(self, order):
        if "run" in order:
            self.start_command(order)
        elif "host" in order:
            self.start_host(order)
        elif "faults" in order:
            faults = order["faults"]
            for name, weather in (("to_host", self.to_host), ("to_kernel", self.to_kernel)):
                weather.faults = dict(Weather.FAIR, **faults.get(name, {}) if name in faults else faults)
            self.say({"id": order["id"]})
        elif "counters" in order:
            self.say({"id": order["id"], "counters": self.counters()})
        elif "stop" in order:
            if self.host is None:
                raise ValueError("no host is running")
            self.host.order["stop"] = order["id"]
            self.close_host_input()
        elif "kill" in order:
            for child in self.children:
                if child.order["id"] == order["kill"]:
                    child.process.kill()
            self.say({"id": order["id"]})
        else:
            raise ValueError("no such order")

    def start_command(self, order):
        pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        child = Child(order, pipes)
        child.deadline = time.monotonic() + order.get("timeout", 30)
        self.watch(child, child.process.stdout, lambda: self.heard(child, child.process.stdout))
        self.watch(child, child.process.stderr, lambda: self.heard(child, child.process.stderr))

    def start_host(self, order):
        if self.host is not None:
            raise ValueError("a host is running")
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        host = self.host = Child(order, pipes)
        self.half = bytearray()
        self.to_write = bytearray()
        nonblocking(host.process.stdin.fileno())
        self.watch(host, host.process.stdout, self.from_host)
        self.watch(host, host.process.stderr, lambda: self.heard(host, host.process.stderr))

    def watch(self, child, pipe, read):
        child.open += 1
        if child not in self.children:
            self.children.append(child)
        self.poll.register(nonblocking(pipe.fileno()), selectors.EVENT_READ, read)

    def heard(self, child, pipe):
        try:
            octets = os.read(pipe.fileno(), 1 << 16)
        except BlockingIOError:
            return
        if not octets:
            self.closed(child, pipe)
        elif child is self.host:
            *lines, child.err = (child.err + octets).split(b"\n")
            for line in lines:
                if not child.answered:
                    child.answered = True
                    self.say({"id": child.order["id"]})
                self.say({"said": line.decode("utf-8", "replace")})
        elif pipe is child.process.stdout:
            child.out += octets
            if not child.answered and child.order.get("wait", "\0").encode() in child.out:
                child.answered = True
                self.say({"id": child.order["id"], "out": base64.b64encode(child.out).decode()})
        else:
            child.err += octets

    def closed(self, child, pipe):
        self.poll.unregister(pipe.fileno())
        child.open -= 1
        if child.open > 0:
            return
        if child is self.host:
            self.close_host_input()
        code = child.process.wait()
        self.children.remove(child)
        pipe.close()
        answer = {
            "code": code,
            "out": base64.b64encode(child.out).decode(),
            "err": child.err.decode("utf-8", "replace"),
        }
        if child is self.host:
            self.host = None
            if not child.answered:
                self.say({"id": child.order["id"], "error": f"it ended with {code}: {answer['err']}"})
            if "stop" in child.order:
                self.say({"id": child.order["stop"], **answer})
            self.say({"gone": code})
        else:
            self.say({"id": child.order["id"], **answer, **({"done": True} if child.answered else {})})

    def close_host_input(self):
        stdin = self.host.process.stdin
        if stdin.closed:
            return
        if stdin.fileno() in self.poll.get_map():
            self.poll.unregister(stdin.fileno())
        self.to_write.clear()
        stdin.close()

    def overdue(self):
        for child in self.children:
            if child.deadline and child.deadline <= time.monotonic():
                child.deadline = None
                child.err += b"killed: it took too long\n"
                child.process.kill()

    def counters(self):
        counters = {}
        for path in ("/proc/net/snmp", "/proc/net/netstat"):
            with open(path) as file:
                lines = [line.split() for line in file]
            for names, values in zip(lines[::2], lines[1::2]):
                for name, value in zip(names[1:], values[1:]):
                    counters[names[0].rstrip(":") + "." + name] = int(value)
        for name, weather in (("to_host", self.to_host), ("to_kernel", self.to_kernel)):
            counters.update({f"{name}.{what}": count for what, count in weather.counts.items()})
        counters["to_kernel.refused"] = self.refused
        return counters


def main():
    parser = argparse.ArgumentParser(description="Carries packets between the Linux kernel and a program.")
    parser.add_argument("--address", default="192.0.2.1", help="of the kernel")
    parser.add_argument("--peer", default="192.0.2.2", help="of the program")
    parser.add_argument("--mtu", type=int, default=1500)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--pcap", help="file that gets every packet that arrives on either side")
    parser.add_argument("--remove", metavar="FOLDER", help="goes when standard input has ended")
    parser.add_argument("--sysctl", action="append", default=[], metavar="NAME=VALUE")
    for name in Weather.FAIR:
        unit = "milliseconds" if name in ("delay", "jitter") else "a share from 0 to 1"
        parser.add_argument("--" + name, type=float, default=0.0, help=unit)
    options = parser.parse_args()

    unshare(CLONE_NEWNET | CLONE_NEWPID)
    alive, living = os.pipe()
    child = os.fork()
    if child > 0:
        os.write(living, b"!")
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        try:
            sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
        except KeyboardInterrupt:
            sys.exit(130)
    # the first process of its namespace: with it go all others
    die_with_parent()
    os.close(living)
    if not os.read(alive, 1):
        sys.exit(1)
    os.close(alive)
    sysctls = dict(each.split("=", 1) for each in options.sysctl)
    Relay(options, Device(options.address, options.peer, options.mtu, sysctls)).work()


if __name__ == "__main__":
    main()
