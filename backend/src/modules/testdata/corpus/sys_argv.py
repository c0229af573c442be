import sys
import pandas as pd
path = sys.argv[1]
rows = int(sys.argv[2])
share = float(sys.argv[3]) if len(sys.argv) > 3 else 0.25
pd.read_csv(path).head(rows).to_csv("head.csv")
