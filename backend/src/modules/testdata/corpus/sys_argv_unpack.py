import sys
_, source, target = sys.argv
with open(source, "rb") as a, open(target, "wb") as b:
    b.write(a.read())
