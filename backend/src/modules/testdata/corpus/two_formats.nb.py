# %%
import pandas as pd
from pathlib import Path
OUT = Path("out")
# %%
alerts = pd.read_json("alerts.jsonl", lines=True)
alerts.to_excel(OUT / "alerts.xlsx")
(OUT / "summary.txt").write_text(str(len(alerts)))
