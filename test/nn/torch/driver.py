"""PyTorch's account of nets: reads nets, their parameters and batches as JSON; writes gradients and the losses of training.

The function of the net `name` is `scores(config, p, x)` in nets/name.py.
"""

import importlib
import json
import sys

import torch
import torch.nn.functional as F

torch.set_num_threads(1)

RATE = 0.01
STEPS = 10
OPTIMIZERS = {
    "sgd": lambda groups: torch.optim.SGD(groups, lr=RATE, momentum=0.9),
    "adam": lambda groups: torch.optim.Adam(groups, lr=RATE),
    "adamw": lambda groups: torch.optim.AdamW(groups, lr=RATE),
}
LOSSES = {
    "cross-entropy": lambda scores, target: F.cross_entropy(scores, target, ignore_index=255),
    "mean-square": F.mse_loss,
}


def tensor(value):
    dtype = torch.float64 if value["dtype"] == "f64" else torch.int64
    return torch.tensor(value["data"], dtype=dtype).reshape(value["shape"])


def account(request):
    net = importlib.import_module("nets." + request["net"].replace("-", "_"))
    p = {name: tensor(value).requires_grad_() for name, value in request["parameters"].items()}
    x, target = tensor(request["x"]), tensor(request["target"])
    factors = request["learningRates"]
    optimizer = OPTIMIZERS[request["optimizer"]](
        [{"params": [value], "lr": RATE * factors.get(name, 1)} for name, value in p.items()]
    )
    losses, gradients = [], None
    for _ in range(STEPS):
        optimizer.zero_grad()
        loss = LOSSES[request["loss"]](net.scores(request["config"], p, x), target)
        loss.backward()
        if gradients is None:
            gradients = {name: value.grad.flatten().tolist() for name, value in p.items()}
        optimizer.step()
        losses.append(loss.item())
    return {"gradients": gradients, "losses": losses}


def answer(request):
    try:
        return account(request)
    except ModuleNotFoundError as missing:
        if missing.name != "torchvision":
            raise
        return {"missing": missing.name}


json.dump([answer(request) for request in json.load(sys.stdin)], sys.stdout)
