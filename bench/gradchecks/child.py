"""torch.autograd.gradcheck for the bench: asks and answers as in ../protocol/messages.ts; a folder holds one case."""

import json
import os
import sys
import time
import warnings

for variable in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[variable] = "1"
warnings.filterwarnings("ignore")

import torch  # noqa: E402
import torch.nn.functional as F  # noqa: E402

torch.set_num_threads(1)


def deformable():
    from torchvision.ops import deform_conv2d

    return lambda x, offset, w, mask, **options: deform_conv2d(x, offset, w, mask=mask, **options)


functions = {
    "conv2d": lambda: F.conv2d,
    "max_pool2d": lambda: lambda x, kernel, **options: F.max_pool2d(x, kernel, **options),
    "avg_pool2d": lambda: lambda x, kernel, **options: F.avg_pool2d(x, kernel, **options),
    "deform_conv2d": deformable,
}


def draw(shape, distinct):
    count = torch.Size(shape).numel()
    values = torch.randperm(count) if distinct else torch.randn(count, dtype=torch.float64)
    return values.to(torch.float64).reshape(shape).requires_grad_()


class Answers:
    def __init__(self):
        self.check = None

    def prepare(self, request):
        with open(os.path.join(request["folder"], "case.json")) as file:
            case = json.load(file)
        try:
            function = functions[case["op"]]()
        except ImportError as error:
            return {"skipped": str(error)}
        torch.manual_seed(1)

        def check():
            inputs = [draw(shape, case["distinct"]) for shape in case["shapes"]]
            begin = time.process_time()
            if not torch.autograd.gradcheck(lambda *values: function(*values, **case["options"]), inputs):
                raise AssertionError("gradcheck failed")
            return (time.process_time() - begin) * 1000

        self.check = check
        check()
        return {"figures": [], "facts": {}}

    def round(self, request):
        times = []
        while len(times) < request["least"] or (
            sum(times) < request["milliseconds"] and len(times) < request["most"]
        ):
            times.append(self.check())
        return {"times": times}


def answer(value):
    sys.stdout.write("@bench " + json.dumps(value) + "\n")
    sys.stdout.flush()


answer({"versions": {"torch": torch.__version__, "python": sys.version.split()[0]}})
answers = Answers()
for line in sys.stdin:
    request = json.loads(line)
    try:
        answer(getattr(answers, request["ask"])(request))
    except Exception as error:  # whatever it is, the bench is told
        answer({"error": repr(error)})
