"""What happens to packets between the two ends of the wire, and the file in which what arrived is kept."""

import heapq
import random
import struct
import time

LINKTYPE_RAW = 101


class Weather:
    """One direction of the wire. Every packet draws the same number of times, so a change of one rate shifts no other."""

    FAIR = {"loss": 0.0, "duplicate": 0.0, "reorder": 0.0, "corrupt": 0.0, "delay": 0.0, "jitter": 0.0}
    # how much later, in seconds, a reordered packet leaves
    OVERTAKEN = 0.004

    def __init__(self, seed, faults, deliver):
        self.draw = random.Random(seed)
        self.faults = dict(self.FAIR, **faults)
        self.deliver = deliver
        self.waiting = []
        self.order = 0
        self.counts = {"carried": 0, "lost": 0, "duplicated": 0, "reordered": 0, "corrupted": 0}

    def carry(self, packet):
        draws = [self.draw.random() for _ in range(6)]
        self.counts["carried"] += 1
        if draws[0] < self.faults["loss"]:
            self.counts["lost"] += 1
            return
        later = (self.faults["delay"] + self.faults["jitter"] * draws[1]) / 1000
        if draws[2] < self.faults["reorder"]:
            self.counts["reordered"] += 1
            later += self.OVERTAKEN
        if draws[3] < self.faults["duplicate"]:
            self.counts["duplicated"] += 1
            self.send(packet, later)
        if draws[4] < self.faults["corrupt"]:
            self.counts["corrupted"] += 1
            bit = int(draws[5] * len(packet) * 8)
            packet = bytearray(packet)
            packet[bit // 8] ^= 128 >> bit % 8
            packet = bytes(packet)
        self.send(packet, later)

    def send(self, packet, later):
        if later == 0:
            self.deliver(packet)
            return
        self.order += 1
        heapq.heappush(self.waiting, (time.monotonic() + later, self.order, packet))

    def release(self):
        """Delivers what is due; returns the seconds until the next is, or None."""
        now = time.monotonic()
        while self.waiting and self.waiting[0][0] <= now:
            self.deliver(heapq.heappop(self.waiting)[2])
        return max(0.0, self.waiting[0][0] - now) if self.waiting else None


class Capture:
    """What reached either side, as a pcap file."""

    def __init__(self, path):
        self.file = open(path, "wb")
        self.file.write(struct.pack("=IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, LINKTYPE_RAW))

    def note(self, packet):
        now = time.time_ns() // 1000
        self.file.write(struct.pack("=IIII", now // 10**6, now % 10**6, len(packet), len(packet)) + packet)
