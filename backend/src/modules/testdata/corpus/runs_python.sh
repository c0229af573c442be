set -e
python3 plain_constants.py
python local_imports.py --mode ${1:-quick}
