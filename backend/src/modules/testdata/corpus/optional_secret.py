import argparse, os
p = argparse.ArgumentParser()
p.add_argument("--token", default=os.environ.get("TOKEN"))
p.add_argument("--feed-url", default="https://example.org/feed")
p.add_argument("--limit", type=int, default=None)
args = p.parse_args()
