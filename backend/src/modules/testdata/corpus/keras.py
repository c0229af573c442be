import numpy as np
from tensorflow import keras
x = np.load("features.npy")
model = keras.models.load_model("base.keras")
model.fit(x, x)
model.save("tuned.keras")
np.savez("history.npz", loss=[1])
