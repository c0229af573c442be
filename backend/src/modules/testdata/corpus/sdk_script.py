from secxops import input, output, params
import pandas as pd
p = params(top=10)
pd.read_csv(input("alerts")).head(p["top"]).to_json(output("top"), orient="records")
