from scapy.all import rdpcap, wrpcap
packets = rdpcap("capture.pcap")
wrpcap("dns.pcap", [p for p in packets if p.haslayer("DNS")])
