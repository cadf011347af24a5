"""The kernel's end of the wire: namespaces of our own, and in them a TUN device."""

import ctypes
import fcntl
import os
import signal
import struct
import subprocess
import sys

CLONE_NEWPID = 0x20000000
CLONE_NEWNET = 0x40000000
PR_SET_PDEATHSIG = 1
TUNSETIFF = 0x400454CA
IFF_TUN = 0x0001
IFF_NO_PI = 0x1000
DEVICE = "tun0"

libc = ctypes.CDLL(None, use_errno=True)


def unshare(flags):
    if libc.unshare(flags) != 0:
        raise OSError(ctypes.get_errno(), "unshare: " + os.strerror(ctypes.get_errno()))


def die_with_parent():
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def nonblocking(fd):
    os.set_blocking(fd, False)
    return fd


class Device:
    """The kernel's end."""

    def __init__(self, address, peer, mtu, sysctls):
        # no router solicitations: this is a wire of IPv4
        for name, value in {"net.ipv6.conf.all.disable_ipv6": "1", **sysctls}.items():
            with open("/proc/sys/" + name.replace(".", "/"), "w") as file:
                file.write(value)
        self.fd = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
        fcntl.ioctl(self.fd, TUNSETIFF, struct.pack("16sH22x", DEVICE.encode(), IFF_TUN | IFF_NO_PI))
        for words in (
            ["addr", "add", address, "peer", peer, "dev", DEVICE],
            ["link", "set", DEVICE, "mtu", str(mtu), "up"],
            ["link", "set", "lo", "up"],
        ):
            subprocess.run(["ip"] + words, check=True, stdout=sys.stderr)
