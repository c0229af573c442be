import local_helper
from local_package.features import extract
import lightgbm
print(local_helper.X, extract)
