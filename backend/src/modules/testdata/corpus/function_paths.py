import argparse
import pandas as pd

def load(path):
    return pd.read_csv(path)

def store(frame, where):
    frame.to_parquet(where)

def main(args):
    store(load(args.events), where=args.result)

if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--events", default="events.csv")
    parser.add_argument("--result", default="result.parquet")
    main(parser.parse_args())
