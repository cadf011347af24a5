"""What relay.py does between its namespaces: packets carried both ways, and the orders of who started it carried out."""

import base64
import json
import os
import selectors
import shutil
import struct
import subprocess
import sys
import time

from device import die_with_parent, nonblocking
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
