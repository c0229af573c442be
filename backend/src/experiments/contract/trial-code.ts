/** What the trials of the contract run: parameters say what they do. */
export const TRIAL = `
import os, subprocess, sys, time
from secxops import metric, params

p = params()
x = p["x"]
print("trial", os.environ["SECXOPS_TRIAL"], "has x", x, flush=True)
for step in range(p.get("steps", 0)):
    metric("score", x * (step + 1), step=step)
    time.sleep(p.get("pause", 0))
if "children" in p:
    # One in the group of the trial, one that has left it.
    stubborn = [sys.executable, "-c", "import signal, time\\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\\ntime.sleep(1000)"]
    for child in (subprocess.Popen(stubborn), subprocess.Popen(stubborn, start_new_session=True)):
        open("child", "a").write("%d\\n" % child.pid)
if "gate" in p:
    open("at-" + p["gate"], "a").write("%s\\n" % os.environ["SECXOPS_TRIAL"])
    while not os.path.exists(p["gate"]):
        time.sleep(0.02)
if "fail" in p and x >= p["fail"]:
    raise RuntimeError("x is too large: %r" % x)
if "result" in p:
    sys.exit() if p["result"] == "none" else None
metric("echo", x, final=True)
metric("score", x, final=True)
`

/** A module: what a trial has stands in its command line. */
export const MODULE = `
apiVersion: secxops/v1
kind: Module
name: train
version: 1.0.0
start: python3 train.py $x $scale $data
parameters: {x: {type: number}, scale: {type: number, default: 1}}
inputs: {data: {type: file, path: data.txt}}
`
export const MODULE_CODE = `
import sys
from secxops import metric, params

x, scale = float(sys.argv[1]), float(sys.argv[2])
assert params() == {"x": x, "scale": scale}, params()
metric("score", x * scale * len(open(sys.argv[3]).read()), final=True)
`

/** A user's own tuner that fails when it is asked for the second time. */
export const BROKEN_TUNER = `
from nni.tuner import Tuner

class Broken(Tuner):
    def update_search_space(self, search_space):
        self.asked = 0

    def generate_parameters(self, parameter_id, **kwargs):
        self.asked += 1
        if self.asked > 1:
            raise LookupError("nothing is left to propose")
        return {"x": 0.5}

    def receive_trial_result(self, parameter_id, parameters, value, **kwargs):
        pass
`

/** A user's own tuner whose imports take longer than NNI waits by itself. */
export const SLOW_TUNER = `
import time
from nni.algorithms.hpo.random_tuner import RandomTuner

time.sleep(12)

class Slow(RandomTuner):
    pass
`

/** Code that was written for NNI. */
export const NNI_CODE = `
import nni

p = nni.get_next_parameter()
nni.report_intermediate_result(0.25)
nni.report_intermediate_result(float("nan"))
nni.report_intermediate_result({"default": 0.75, "extra": 7, "note": "text"})
nni.report_final_result({"default": p["x"], "loss": 0.5})
`
