import argparse
p = argparse.ArgumentParser()
p.add_argument("--query", default="'; DROP TABLE x; $(rm -rf ~) `id`")
p.add_argument("--regex", default=r"\\d+$")
print(p.parse_args())
