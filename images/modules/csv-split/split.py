"""Splits a CSV table into rows to learn from and rows to test with. Needs the standard library only."""

import argparse
import csv
import random
import sys
from collections import defaultdict

csv.field_size_limit(sys.maxsize)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True, help="CSV with a header line")
    parser.add_argument("--share", type=float, default=0.2, help="share of the rows that go to the test table")
    parser.add_argument("--seed", type=int, default=7, help="same seed, same split")
    parser.add_argument("--stratify", help="column whose values keep their proportions in both tables")
    parser.add_argument("--train", default="train.csv")
    parser.add_argument("--test", default="test.csv")
    args = parser.parse_args()

    with open(args.data, newline="", encoding="utf-8-sig") as file:
        rows = list(csv.reader(file))
    if not rows:
        sys.exit(f"{args.data} is empty")
    header, rows = rows[0], rows[1:]
    if args.stratify and args.stratify not in header:
        sys.exit(f"there is no column {args.stratify!r}; the table has {', '.join(header)}")

    groups = defaultdict(list)
    for number, row in enumerate(rows):
        column = header.index(args.stratify) if args.stratify else None
        groups[row[column] if column is not None and column < len(row) else None].append(number)
    chosen = set()
    generator = random.Random(args.seed)
    for key in sorted(groups, key=str):
        chosen.update(generator.sample(groups[key], round(len(groups[key]) * args.share)))

    write(args.train, header, (row for number, row in enumerate(rows) if number not in chosen))
    write(args.test, header, (row for number, row in enumerate(rows) if number in chosen))
    print(f"{len(rows) - len(chosen)} rows to learn from, {len(chosen)} to test with")


def write(path, header, rows):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


if __name__ == "__main__":
    main()
