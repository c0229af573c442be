import pandas as pd
train = pd.read_csv("../prepare/train.csv")
test = pd.read_csv("/data/shared/test.csv")
remote = pd.read_csv("https://example.org/x.csv")
train.to_csv("/tmp/scratch.csv")
train.to_csv("all.csv")
