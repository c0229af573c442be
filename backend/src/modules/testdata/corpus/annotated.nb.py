# %%
import numpy as np
import pandas as pd
from sklearn.ensemble import IsolationForest
# %% parameters
n_trees: int = 200  # trees in the forest
contamination: float = 0.01
offset: float = -1
columns: list = ["bytes", "duration"]
weights: dict[str, float] = {"bytes": 1.0}
limit: int | None = None
mode: Literal["fast", "exact"] = "fast"
verbose: bool = False
# %%
%matplotlib inline
flows = pd.read_parquet("flows.parquet")
model = IsolationForest(n_estimators=n_trees).fit(flows[columns])
# %%
flows.assign(score=model.score_samples(flows[columns])).to_parquet("scored.parquet")
