# %%
import requests
# %% parameters
url: str = "https://example.org/feed"
# %%
def broken(:
    pass
