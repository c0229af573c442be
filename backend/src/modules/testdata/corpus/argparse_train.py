import argparse
import joblib
import pandas as pd
from xgboost import XGBClassifier

def parse():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True, help="training table")
    parser.add_argument("--lr", type=float, default=0.1, help="learning rate (default: %(default)s)")
    parser.add_argument("--depth", "-d", type=int, default=6, choices=range(1, 17))
    parser.add_argument("--objective", choices=["binary", "multi"], default="binary")
    parser.add_argument("--early-stop", action="store_true")
    parser.add_argument("--tag")
    parser.add_argument("--out", default="model.joblib")
    return parser.parse_args()

def main():
    args = parse()
    table = pd.read_csv(args.data)
    model = XGBClassifier(max_depth=args.depth).fit(table.drop(columns="y"), table["y"])
    joblib.dump(model, args.out)

main()
