"""Learns to tell the attack type of an HTTP parameter value from its character n-grams."""

import argparse

import joblib
import pandas as pd
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", default="../prepare/train.csv", help="CSV with the columns payload and attack_type")
    parser.add_argument("--max-n", type=int, default=3, help="longest character n-gram")
    parser.add_argument("--strength", type=float, default=10.0, help="inverse of the regularisation; greater than 0")
    parser.add_argument("--model", default="model.joblib", help="where the model is written")
    args = parser.parse_args()

    table = pd.read_csv(args.data, dtype=str, keep_default_na=False)
    model = make_pipeline(
        TfidfVectorizer(analyzer="char", ngram_range=(1, args.max_n), sublinear_tf=True, lowercase=False),
        LogisticRegression(C=args.strength, max_iter=300, class_weight="balanced"),
    )
    model.fit(table["payload"], table["attack_type"])
    joblib.dump(model, args.model)
    print(f"learned {len(model[0].vocabulary_)} n-grams from {len(table)} values")


if __name__ == "__main__":
    main()
