# %% parameters
vt_api_key: str = "changeme"
password = ""
days: int = 7
# %%
open("report.md", "w").write("ok")
