# %%
import joblib, pandas as pd
# %% parameters
data_path = "data/requests.csv"
model_path: str = "model.joblib"
threshold = 0.5
# %%
frame = pd.read_csv(data_path)
joblib.dump({"mean": frame.mean()}, model_path)
