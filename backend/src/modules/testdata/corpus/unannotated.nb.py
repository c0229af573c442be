# %% parameters
x = 3
rate = 1e-4
name = "waf"  # name of the experiment
negative = -5
nothing = None
pair = (1, 2)
minutes = 60 * 24
home = os.environ["HOME"]
# %%
print(x, rate)
