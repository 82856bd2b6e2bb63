"""PyTorch's account of U-Nets: reads nets, their parameters and batches as JSON; writes gradients and losses of training."""

import json
import sys

import torch
import torch.nn.functional as F

torch.set_num_threads(1)


def tensor(value):
    dtype = torch.float64 if value["dtype"] == "f64" else torch.int64
    return torch.tensor(value["data"], dtype=dtype).reshape(value["shape"])


class UNet:
    def __init__(self, request):
        self.config = request["config"]
        self.parameters = {name: tensor(value).requires_grad_() for name, value in request["parameters"].items()}
        self.x, self.target = tensor(request["x"]), tensor(request["target"])

    def conv(self, name, y, padding):
        return F.conv2d(y, self.parameters[name + ".w"], self.parameters[name + ".b"], padding=padding)

    def stage(self, name, y):
        for i in "12":
            y = self.conv(f"{name}.conv{i}", y, 1)
            if self.config["norm"] == "group":
                norm = f"{name}.norm{i}"
                channels = y.shape[1]
                groups = next(g for g in (8, 4, 2, 1) if channels % g == 0)
                y = F.group_norm(y, groups, self.parameters[norm + ".gamma"], self.parameters[norm + ".beta"])
            y = F.relu(y)
        return y

    def expand(self, name, y):
        if self.config["up"] == "transposed":
            return F.conv_transpose2d(y, self.parameters[name + ".w"], self.parameters[name + ".b"], stride=2)
        if self.config["up"] == "nearest":
            y = F.interpolate(y, scale_factor=2, mode="nearest")
        else:
            y = F.interpolate(y, scale_factor=2, mode="bilinear", align_corners=False)
        return self.conv(name + ".conv", y, 1)

    def meet(self, skip, y):
        if self.config["fit"] == "crop":
            return skip[:, :, : y.shape[2], : y.shape[3]], y
        return skip, F.pad(y, (0, skip.shape[3] - y.shape[3], 0, skip.shape[2] - y.shape[2]))

    def scores(self):
        y, skips = self.x, []
        for level in range(1, self.config["depth"] + 1):
            y = self.stage(f"down{level}", y)
            skips.append(y)
            y = F.max_pool2d(y, 2)
        y = self.stage("bottleneck", y)
        for level in range(self.config["depth"], 0, -1):
            skip, y = self.meet(skips.pop(), self.expand(f"expand{level}", y))
            y = self.stage(f"up{level}", torch.cat([y, skip], 1) if self.config["skip"] == "concat" else y + skip)
        return self.conv("head", y, 0)

    def loss(self):
        scores = self.scores()
        return F.cross_entropy(scores, self.target[:, : scores.shape[2], : scores.shape[3]], ignore_index=255)


def account(request):
    net = UNet(request)
    net.loss().backward()
    gradients = {name: p.grad.flatten().tolist() for name, p in net.parameters.items()}
    make = {"sgd": torch.optim.SGD, "adam": torch.optim.Adam, "adamw": torch.optim.AdamW}[request["optimizer"]]
    optimizer = make(net.parameters.values(), lr=0.01, **({"momentum": 0.9} if request["optimizer"] == "sgd" else {}))
    losses = []
    for _ in range(5):
        optimizer.zero_grad()
        loss = net.loss()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return {"gradients": gradients, "losses": losses}


json.dump([account(request) for request in json.load(sys.stdin)], sys.stdout)
