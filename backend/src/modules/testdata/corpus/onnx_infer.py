import argparse
import numpy as np
import onnxruntime as ort
ap = argparse.ArgumentParser()
ap.add_argument("--model", default="model.onnx")
ap.add_argument("--batch", type=int, default=32)
a = ap.parse_args()
session = ort.InferenceSession(a.model)
np.save("scores.npy", session.run(None, {}))
