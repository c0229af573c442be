"""Which files a program reads and writes."""

import ast
import os

from paths import LAST
from values import argument, text_of

MODEL = {".joblib", ".pkl", ".pickle", ".pt", ".pth", ".onnx", ".h5", ".keras", ".safetensors", ".ckpt", ".cbm", ".model", ".ubj", ".tflite"}
DATASET = {
    ".csv", ".tsv", ".parquet", ".jsonl", ".ndjson", ".feather", ".arrow", ".pcap", ".pcapng", ".cap", ".npy", ".npz", ".xlsx", ".xls",
    ".arff", ".avro", ".orc", ".hdf5", ".svm", ".libsvm", ".log", ".evtx",
}  # fmt: skip
PACKED = {".gz", ".bz2", ".xz", ".zst", ".zip"}

# Last part of the called name → (position, keyword, type when the name of the file does not tell).
READS = {
    **{f"read_{kind}": (0, "filepath_or_buffer", "dataset") for kind in
       ("csv", "table", "parquet", "excel", "feather", "hdf", "fwf", "orc", "pickle", "json", "ndjson", "ipc", "avro", "stata", "sas", "xml")},
    **{f"scan_{kind}": (0, "source", "dataset") for kind in ("csv", "parquet", "ndjson", "ipc")},
    "load_model": (0, "filepath", "model"),
    "loadtxt": (0, "fname", "dataset"),
    "genfromtxt": (0, "fname", "dataset"),
    "load_svmlight_file": (0, "f", "dataset"),
    "rdpcap": (0, "filename", "dataset"),
    "PcapReader": (0, "filename", "dataset"),
    "FileCapture": (0, "input_file", "dataset"),
    "imread": (0, "filename", "file"),
    "InferenceSession": (0, "path_or_bytes", "model"),
}  # fmt: skip
READS_FULL = {
    "joblib.load": (0, "filename", "model"),
    "torch.load": (0, "f", "model"),
    "torch.jit.load": (0, "f", "model"),
    "numpy.load": (0, "file", "dataset"),
    "numpy.fromfile": (0, "file", "dataset"),
    "onnx.load": (0, "f", "model"),
    "safetensors.torch.load_file": (0, "filename", "model"),
    "PIL.Image.open": (0, "fp", "file"),
    "Image.open": (0, "fp", "file"),
    "os.listdir": (0, "path", "dataset"),
    "os.scandir": (0, "path", "dataset"),
    "os.walk": (0, "top", "dataset"),
    "shutil.copy": (0, "src", "file"),
    "shutil.copyfile": (0, "src", "file"),
}
WRITES = {
    **{f"to_{kind}": (0, "path_or_buf", "dataset") for kind in
       ("csv", "parquet", "excel", "feather", "hdf", "orc", "pickle", "json", "stata", "xml", "file")},
    **{f"to_{kind}": (0, "buf", "file") for kind in ("html", "markdown", "latex", "string")},
    **{f"write_{kind}": (0, "file", "dataset") for kind in ("csv", "parquet", "json", "ndjson", "ipc", "avro")},
    "savefig": (0, "fname", "file"),
    "write_html": (0, "file", "file"),
    "write_image": (0, "file", "file"),
    "imwrite": (0, "filename", "file"),
    "imsave": (0, "fname", "file"),
    "save_model": (0, "fname", "model"),
    "save_weights": (0, "filepath", "model"),
    "save_pretrained": (0, "save_directory", "model"),
    "wrpcap": (0, "filename", "dataset"),
    "savetxt": (0, "fname", "dataset"),
    "savez": (0, "file", "dataset"),
    "savez_compressed": (0, "file", "dataset"),
    "dump_svmlight_file": (2, "f", "dataset"),
}  # fmt: skip
WRITES_FULL = {
    "joblib.dump": (1, "filename", "model"),
    "torch.save": (1, "f", "model"),
    "torch.jit.save": (1, "f", "model"),
    "torch.onnx.export": (2, "f", "model"),
    "onnx.save": (1, "f", "model"),
    "safetensors.torch.save_file": (1, "filename", "model"),
    "numpy.save": (0, "file", "dataset"),
    "shutil.copy": (1, "dst", "file"),
    "shutil.copyfile": (1, "dst", "file"),
}
OPENERS = {"open", "io.open", "gzip.open", "bz2.open", "lzma.open", "codecs.open", "zipfile.ZipFile", "tarfile.open", "h5py.File"}
METHODS_READ = {"read_text", "read_bytes", "iterdir", "glob", "rglob"}
METHODS_WRITE = {"write_text", "write_bytes"}

# Ending of a file whose name the program leaves open, by what writes it.
ENDINGS = {
    **{f"{verb}_{kind}": f".{kind}" for verb in ("to", "write") for kind in ("parquet", "json", "feather", "ndjson", "html")},
    "to_excel": ".xlsx",
    "to_markdown": ".md",
    "torch.save": ".pt",
    "torch.onnx.export": ".onnx",
    "onnx.save": ".onnx",
    "numpy.save": ".npy",
    "savez": ".npz",
    "savez_compressed": ".npz",
    "savefig": ".png",
    "wrpcap": ".pcap",
}


def uses(pieces, paths):
    """Every read and write of a path that is known: [{kind, path, type, reason, order, line, cell}] in program order."""
    found = []
    for piece in pieces:
        for node in ast.walk(piece.tree):
            if isinstance(node, ast.Call):
                for kind, target, guess, reason in of_call(node, paths):
                    for path in paths.resolve(target, piece.order(node)):
                        found.append(
                            {
                                "kind": kind,
                                "path": path,
                                "type": type_of(path, guess),
                                "ending": ENDINGS.get(paths.full_name(node.func)) or ENDINGS.get(paths.full_name(node.func).split(".")[-1]),
                                "reason": reason,
                                "order": piece.order(node),
                                **piece.place(node),
                            }
                        )
                name = paths.full_name(node.func)
                if name in ("secxops.input", "secxops.output"):
                    for path in paths.resolve(node, piece.order(node)):
                        found.append(
                            {"kind": "sdk", "path": path, "type": None, "reason": f"{name}({path[2]!r})", "order": piece.order(node), **piece.place(node)}
                        )
    return sorted(found, key=lambda one: one["order"])


def of_call(node, paths):
    name = paths.full_name(node.func)
    last = name.split(".")[-1]
    shown = f"{last}(…)"
    method = isinstance(node.func, ast.Attribute)
    if name in OPENERS or (method and last == "open" and paths.resolve(node.func.value, LAST)):
        on_path = name not in OPENERS
        mode = text_of(argument(node, 0 if on_path else 1, "mode")) or "r"
        kind = "write" if any(sign in mode for sign in "wax") else "read"
        return [(kind, node.func.value if on_path else argument(node, 0, "file"), None, f"open(…, {mode!r})")]
    if method and (last in METHODS_READ or last in METHODS_WRITE) and not name.startswith("glob."):
        kind = "write" if last in METHODS_WRITE else "read"
        return [(kind, node.func.value, "dataset" if last in ("iterdir", "glob", "rglob") else None, shown)]
    result = []
    for kind, full, by_last in (("read", READS_FULL, READS), ("write", WRITES_FULL, WRITES)):
        position, word, guess = full.get(name) or by_last.get(last) or (None, None, None)
        if word and not (last == "load_model" and method and "keras" not in name and kind == "write"):
            target = argument(node, position, word)
            target = target if target is not None else next((item.value for item in node.keywords if item.arg in ("path", "file", "filename")), None)
            result.append((kind, target, guess, shown))
    if not result and method and last == "save" and node.args:
        result.append(("write", node.args[0], "model", shown))
    return result


def type_of(path, guess):
    """dataset, model or file: by the name of the file when it is known, else by what is done with it."""
    text = {"const": path[1], "param": path[2] if path[0] == "param" else None, "sdk": path[-1]}[path[0]]
    stem, extension = os.path.splitext((text or "").lower())
    if extension in PACKED and os.path.splitext(stem)[1]:
        extension = os.path.splitext(stem)[1]
    if extension in DATASET:
        return "dataset"
    if extension in MODEL:
        return "dataset" if guess == "dataset" and extension in (".pkl", ".pickle", ".h5") else "model"
    if extension and path[0] != "param":
        return "file"
    return guess
