import argparse, json
parser = argparse.ArgumentParser()
parser.add_argument("source", help="log file")
parser.add_argument("target", nargs="?", default="report.json")
parser.add_argument("--max-lines", dest="limit", type=int)
parser.add_argument("--color", action=argparse.BooleanOptionalAction, default=True)
parser.add_argument("--ports", nargs="+", type=int, default=[80, 443])
parser.add_argument("--version", action="version", version="1")
options = parser.parse_args()
with open(options.source) as log, open(options.target, "w") as out:
    json.dump({"lines": sum(1 for _ in log)}, out)
