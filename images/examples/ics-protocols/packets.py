"""Packets of industrial and office protocols out of pcap files, without any library for it.

A sample is the first bytes of what a TCP or UDP packet carries; its class is the protocol of the well-known port. Addresses
and ports are not part of a sample: only what is said counts.
"""

import pathlib
import random
import struct
from collections import defaultdict
from typing import Dict, Iterator, List, NamedTuple, Optional, Tuple

LENGTH = 128
PORTS = {502: "modbus", 20000: "dnp3", 102: "s7", 443: "tls", 22: "ssh"}
CLASSES = ["modbus", "dnp3", "s7", "tls", "ssh"]


class Packet(NamedTuple):
    protocol: str
    """Both directions of a connection have the same."""
    flow: Tuple[Tuple[bytes, int], ...]
    payload: bytes


def read_folder(folder: str) -> List[Packet]:
    """All packets of the known protocols in the folder's ``.pcap`` files, in order. Raises ValueError when there are none."""
    files = sorted(pathlib.Path(folder).glob("*.pcap"))
    packets = [packet for file in files for packet in read_pcap(file)]
    if not packets:
        raise ValueError(f"{folder} has no .pcap file with {', '.join(CLASSES)} in it")
    return packets


def read_pcap(path: pathlib.Path) -> Iterator[Packet]:
    """Packets of one classic pcap file; a packet that is cut short ends it."""
    data = path.read_bytes()
    order = {b"\xd4\xc3\xb2\xa1": "<", b"\xa1\xb2\xc3\xd4": ">"}.get(data[:4])
    if order is None:
        raise ValueError(f"{path} is no pcap file (pcapng is not read)")
    link = struct.unpack_from(order + "I", data, 20)[0]
    at = 24
    while at + 16 <= len(data):
        size = struct.unpack_from(order + "I", data, at + 8)[0]
        frame = data[at + 16 : at + 16 + size]
        at += 16 + size
        packet = _of_frame(frame, link)
        if packet:
            yield packet


def balanced(packets: List[Packet], most: int, seed: int = 0) -> List[Packet]:
    """At most ``most`` packets a class, none twice with the same payload."""
    by_class: Dict[str, Dict[bytes, Packet]] = defaultdict(dict)
    for packet in packets:
        by_class[packet.protocol].setdefault(packet.payload[:LENGTH], packet)
    draw = random.Random(seed)
    chosen = []
    for name in CLASSES:
        of_class = list(by_class[name].values())
        draw.shuffle(of_class)
        chosen += of_class[:most]
    return chosen


def split(packets: List[Packet], share: float = 0.3, seed: int = 0) -> Tuple[List[Packet], List[Packet]]:
    """Training and validation (up to ``share`` of each class). A connection is wholly in one of them, unless a class has only one."""
    flows: Dict[str, Dict[tuple, List[Packet]]] = defaultdict(lambda: defaultdict(list))
    for packet in packets:
        flows[packet.protocol][packet.flow].append(packet)
    draw = random.Random(seed)
    train: List[Packet] = []
    validation: List[Packet] = []
    for of_class in flows.values():
        groups = list(of_class.values())
        if len(groups) == 1:
            groups = [[packet] for packet in groups[0]]
        draw.shuffle(groups)
        # Where no connection is small enough for the share, the smallest is what there is to validate with.
        limit = max(share * sum(map(len, groups)), min(map(len, groups)))
        taken = 0
        for group in groups:
            fits = taken + len(group) <= limit
            (validation if fits else train).extend(group)
            taken += len(group) if fits else 0
    return train, validation


def _of_frame(frame: bytes, link: int) -> Optional[Packet]:
    # Ethernet, raw IP, Linux cooked.
    head = {1: 14, 101: 0, 113: 16}.get(link)
    if head is None:
        return None
    kind = struct.unpack_from("!H", frame, head - 2)[0] if head and len(frame) >= head else 0
    if kind == 0x8100:
        head += 4
    packet = frame[head:]
    version = packet[0] >> 4 if packet else 0
    if version == 4 and len(packet) >= 20:
        start, protocol, total = (packet[0] & 15) * 4, packet[9], struct.unpack_from("!H", packet, 2)[0]
        source, target = packet[12:16], packet[16:20]
    elif version == 6 and len(packet) >= 40:
        start, protocol, total = 40, packet[6], 40 + struct.unpack_from("!H", packet, 4)[0]
        source, target = packet[8:24], packet[24:40]
    else:
        return None
    # What comes after the packet's own length only fills the frame.
    segment = packet[start : max(total, start)]
    if protocol not in (6, 17) or len(segment) < 8:
        return None
    sport, dport = struct.unpack_from("!HH", segment)
    skip = (segment[12] >> 4) * 4 if protocol == 6 and len(segment) >= 20 else 8
    name = PORTS.get(dport) or PORTS.get(sport)
    payload = segment[skip:]
    return Packet(name, tuple(sorted([(source, sport), (target, dport)])), payload) if name and payload else None
