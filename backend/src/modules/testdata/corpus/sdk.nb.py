# %%
import secxops
import torch
# %%
settings = secxops.params(lr=0.001, epochs=10)
net = torch.load(secxops.input("weights", "../pretrain/net.pt"))
torch.save(net, secxops.output("model", "net.pt"))
print(settings["epochs"], settings.get("patience", 3))
