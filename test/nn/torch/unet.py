"""PyTorch's account of a U-Net: reads a net, its parameters and a batch as JSON, writes loss, gradients and the losses of training."""

import json
import sys

import torch
import torch.nn.functional as F

torch.set_num_threads(1)
request = json.load(sys.stdin)
config = request["config"]


def tensor(value):
    dtype = torch.float64 if value["dtype"] == "f64" else torch.int64
    return torch.tensor(value["data"], dtype=dtype).reshape(value["shape"])


parameters = {name: tensor(value).requires_grad_() for name, value in request["parameters"].items()}
x, target = tensor(request["x"]), tensor(request["target"])


def conv(name, y, padding):
    return F.conv2d(y, parameters[name + ".w"], parameters[name + ".b"], padding=padding)


def stage(name, y):
    for i in "12":
        y = conv(f"{name}.conv{i}", y, 1)
        if config["norm"] == "group":
            norm = f"{name}.norm{i}"
            channels = y.shape[1]
            groups = next(g for g in (8, 4, 2, 1) if channels % g == 0)
            y = F.group_norm(y, groups, parameters[norm + ".gamma"], parameters[norm + ".beta"])
        y = F.relu(y)
    return y


def expand(name, y):
    if config["up"] == "transposed":
        return F.conv_transpose2d(y, parameters[name + ".w"], parameters[name + ".b"], stride=2)
    if config["up"] == "nearest":
        y = F.interpolate(y, scale_factor=2, mode="nearest")
    else:
        y = F.interpolate(y, scale_factor=2, mode="bilinear", align_corners=False)
    return conv(name + ".conv", y, 1)


def meet(skip, y):
    if config["fit"] == "crop":
        return skip[:, :, : y.shape[2], : y.shape[3]], y
    return skip, F.pad(y, (0, skip.shape[3] - y.shape[3], 0, skip.shape[2] - y.shape[2]))


def unet():
    y, skips = x, []
    for level in range(1, config["depth"] + 1):
        y = stage(f"down{level}", y)
        skips.append(y)
        y = F.max_pool2d(y, 2)
    y = stage("bottleneck", y)
    for level in range(config["depth"], 0, -1):
        skip, y = meet(skips.pop(), expand(f"expand{level}", y))
        y = stage(f"up{level}", torch.cat([y, skip], 1) if config["skip"] == "concat" else y + skip)
    return conv("head", y, 0)


def loss():
    logits = unet()
    return F.cross_entropy(logits, target[:, : logits.shape[2], : logits.shape[3]], ignore_index=255)


first = loss()
first.backward()
gradients = {name: p.grad.flatten().tolist() for name, p in parameters.items()}
make = {"sgd": torch.optim.SGD, "adam": torch.optim.Adam, "adamw": torch.optim.AdamW}[request["optimizer"]]
optimizer = make(parameters.values(), lr=0.01, **({"momentum": 0.9} if request["optimizer"] == "sgd" else {}))
losses = []
for _ in range(5):
    optimizer.zero_grad()
    now = loss()
    now.backward()
    optimizer.step()
    losses.append(now.item())
json.dump({"loss": first.item(), "gradients": gradients, "losses": losses}, sys.stdout)
