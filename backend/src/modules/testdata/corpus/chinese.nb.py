# %% parameters
阈值 = 0.5
threshold: float = 0.7  # 判定阈值
# %%
import pandas as pd
pd.read_csv("流量.csv").to_csv("结果.csv")
