import csv, pickle, gzip
from pathlib import Path
DATA = Path("data") / "urls.csv.gz"
with gzip.open(DATA, "rt") as f:
    rows = list(csv.reader(f))
Path("cache.tmp").write_text("x")
print(Path("cache.tmp").read_text())
pickle.dump(rows, open("model.pkl", "wb"))
