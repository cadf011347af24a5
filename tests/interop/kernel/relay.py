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
import os
import signal
import sys

# nothing is left behind, not even compiled modules
sys.dont_write_bytecode = True

from carrier import Relay
from device import CLONE_NEWNET, CLONE_NEWPID, Device, die_with_parent, unshare
from weather import Weather


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
