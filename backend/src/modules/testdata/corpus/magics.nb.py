# %%
!pip install seaborn
%load_ext autoreload
import seaborn as sns
files = !ls
df?
# %%
%%bash
echo not python ( at all
# %%
%%time
sns.histplot([1, 2]).figure.savefig("hist.png")
