"""Cleans a table of HTTP parameter values and splits it into values to learn from and values to test with."""

import argparse

import pandas as pd
from sklearn.model_selection import train_test_split


def read(path: str) -> pd.DataFrame:
    """Rows with a payload and an attack type; the same payload once."""
    table = pd.read_csv(path, usecols=["payload", "attack_type"], dtype=str, keep_default_na=False)
    return table[table["attack_type"] != ""].drop_duplicates("payload")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", default="payload_train.csv", help="CSV with the columns payload and attack_type")
    parser.add_argument("--test-share", type=float, default=0.2, help="share of the values kept for the final test")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--train", default="train.csv", help="values to learn from")
    parser.add_argument("--test", default="test.csv", help="values to test with")
    args = parser.parse_args()

    table = read(args.data)
    train, test = train_test_split(
        table, test_size=args.test_share, random_state=args.seed, stratify=table["attack_type"]
    )
    train.to_csv(args.train, index=False)
    test.to_csv(args.test, index=False)
    print(table["attack_type"].value_counts().to_string())
    print(f"{len(train)} values to learn from, {len(test)} to test with")


if __name__ == "__main__":
    main()
