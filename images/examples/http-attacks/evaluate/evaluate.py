"""Tests the classifier on values it has never seen and lists what it gets wrong."""

import argparse
import json

import joblib
import pandas as pd
import secxops
from sklearn.metrics import classification_report


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default="../train/model.joblib", help="a model of the train module")
    parser.add_argument("--test", default="../prepare/test.csv", help="CSV with the columns payload and attack_type")
    parser.add_argument("--report", default="report.json", help="precision, recall and F1 of each attack type")
    parser.add_argument("--errors", default="errors.csv", help="values whose type was told wrongly")
    args = parser.parse_args()

    model = joblib.load(args.model)
    table = pd.read_csv(args.test, dtype=str, keep_default_na=False)
    table["predicted"] = model.predict(table["payload"])

    report = classification_report(table["attack_type"], table["predicted"], output_dict=True)
    with open(args.report, "w", encoding="utf-8") as file:
        json.dump(report, file, indent=2)
    table[table["predicted"] != table["attack_type"]].to_csv(args.errors, index=False)

    f1 = report["macro avg"]["f1-score"]
    secxops.metric("f1", f1, final=True)
    print(classification_report(table["attack_type"], table["predicted"], digits=4))
    print(f"F1 {f1:.4f}")


if __name__ == "__main__":
    main()
