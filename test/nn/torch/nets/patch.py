import torch.nn.functional as F
from layers import conv


def unit(config, p, name, y, dilation=1):
    reach = (p[name + ".conv.w"].shape[2] - 1) * dilation // 2
    y = conv(p, name + ".conv", y, padding=reach if config["padding"] == "each" else 0, dilation=dilation)
    if config["norm"] == "group":
        y = F.layer_norm(y.movedim(1, -1), y.shape[1:2], p[name + ".norm.gamma"], p[name + ".norm.beta"]).movedim(-1, 1)
    return F.relu(y)


def scores(config, p, x):
    dilations = [2 ** (k // 2) for k in range(config["depth"])]
    y = F.pad(x, [sum(dilations)] * 4) if config["padding"] == "once" else x
    for k, dilation in enumerate(dilations):
        y = unit(config, p, f"units.{k}", y, dilation)
    return conv(p, "head", unit(config, p, "dense", y))
