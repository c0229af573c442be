import os
import re
hits = 0
for name in os.listdir("logs"):
    with open(os.path.join("logs", name)) as f:
        hits += sum("union select" in line.lower() for line in f)
with open("hits.txt", "w") as out:
    out.write(str(hits))
