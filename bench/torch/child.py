"""PyTorch as one of the frameworks: `child.py --threads 2`. Asks and answers as in ../protocol/messages.ts."""

import argparse
import json
import os
import resource
import sys
import time
import warnings

options = argparse.ArgumentParser()
options.add_argument("--threads", type=int, default=1)
options.add_argument("--cold", metavar="FOLDER", help="one run of this workload, then leave")
options = options.parse_args()
# Before torch is imported: its thread pools are sized once.
for variable in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[variable] = str(options.threads)
warnings.filterwarnings("ignore")

import torch  # noqa: E402

from workloads import prepare  # noqa: E402

torch.set_num_threads(options.threads)


def load(folder):
    with open(os.path.join(folder, "manifest.json")) as file:
        manifest = json.load(file)
    arrays = {}
    for name, kind in manifest["arrays"].items():
        with open(os.path.join(folder, name + ".bin"), "rb") as file:
            values = torch.frombuffer(bytearray(file.read()), dtype={"f32": torch.float32, "i32": torch.int32}[kind["dtype"]])
        arrays[name] = values.reshape(kind["shape"])
    return manifest, arrays


def weighted(name, tensor):
    """As `weighted` in ../protocol/figures.ts."""
    values = tensor.detach().to(torch.float64).flatten()
    places = torch.arange(values.numel(), dtype=torch.int64)
    weights = (places * 2654435761 % 2**32).to(torch.float64) / 2**32 - 0.5
    return {"name": name, "values": [float(values @ weights)], "norm": float(values.norm())}


def losses(values):
    return {"name": "loss", "values": values, "norm": sum(v * v for v in values) ** 0.5}


class Answers:
    def __init__(self):
        self.run = None

    def prepare(self, request):
        manifest, arrays = load(request["folder"])
        run = prepare(manifest["workload"], arrays)
        if isinstance(run, str):
            return {"skipped": run}
        self.run = run
        results = [run() for _ in range(manifest["runs"])]
        if isinstance(results[-1], float):
            return {"figures": [losses(results)], "facts": {}}
        return {"figures": [weighted(name, value) for name, value in results[-1].items()], "facts": {}}

    def round(self, request):
        times = []
        start = now = time.perf_counter()
        while len(times) < request["least"] or (
            (now - start) * 1000 < request["milliseconds"] and len(times) < request["most"]
        ):
            self.run()
            before, now = now, time.perf_counter()
            times.append((now - before) * 1000)
        return {"times": times}

    def memory(self, _):
        """The peak by getrusage begins with that of the process that started this one; Linux knows the program's own."""
        try:
            with open("/proc/self/status") as file:
                lines = dict(line.split(":", 1) for line in file)
            return {key: int(lines[line].split()[0]) * 1024 for key, line in (("resident", "VmRSS"), ("peak", "VmHWM"))}
        except (OSError, KeyError):
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
            return {"resident": peak, "peak": peak}


def answer(value):
    sys.stdout.write("@bench " + json.dumps(value) + "\n")
    sys.stdout.flush()


def serve():
    answer({"versions": {"torch": torch.__version__, "python": sys.version.split()[0]}})
    answers = Answers()
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer(getattr(answers, request["ask"])(request))
        except Exception as error:  # whatever it is, the bench is told
            answer({"error": repr(error)})


if options.cold:
    manifest, arrays = load(options.cold)
    prepare(manifest["workload"], arrays)()
    sys.stdout.flush()
    # Tearing torch down takes longer than the step.
    os._exit(0)
serve()
